import assert from 'node:assert/strict';
import { eventually } from '../testing/eventually.js';
import { testDatabase, type TestDatabase } from '../testing/database.js';
import { Bus } from './Bus.js';
import { BusPayloadTooLarge, DatabaseError } from './errors.js';
import { sampleStore } from './sample.fixture.js';

describe('the bus between processes [module:core]', () => {
  let db: TestDatabase;
  const buses: Bus[] = [];
  before(async () => {
    db = await testDatabase();
  });
  afterEach(() => Promise.all(buses.splice(0).map((bus) => bus.close())));
  after(() => db.drop());

  const open = async (): Promise<Bus> => {
    const bus = new Bus({ url: db.appUrl, heartbeatMs: 50, longestPauseMs: 100 });
    buses.push(bus);
    await bus.start();
    return bus;
  };
  const publish = (bus: Bus, topic: string, payload: unknown): Promise<void> =>
    db.database.unit(sampleStore(), ({ tx }) => bus.publish(tx, topic, payload));
  const dropConnections = (): Promise<unknown> =>
    db.everything(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'wizamart-bus'",
    );

  it('brings a message to every process, the sender’s too, when the transaction commits', async () => {
    const [one, two] = [await open(), await open()];
    const heard: unknown[] = [];
    one.on('modules', (payload) => void heard.push(['one', payload]));
    two.on('modules', (payload) => void heard.push(['two', payload]));
    two.on('pages', () => void heard.push('wrong topic'));
    await assert.rejects(
      db.database.unit(sampleStore(), async ({ tx }) => {
        await one.publish(tx, 'modules', 'taken back');
        throw new Error('no');
      }),
    );
    await publish(one, 'modules', { platform: 'ö', revision: 2 });
    await eventually(() => heard.length === 2);
    assert.deepEqual(heard.sort(), [
      ['one', { platform: 'ö', revision: 2 }],
      ['two', { platform: 'ö', revision: 2 }],
    ]);
  });

  it('ends a subscription', async () => {
    const bus = await open();
    const heard: unknown[] = [];
    bus.on('x', (payload) => void heard.push(`ended ${String(payload)}`))();
    bus.on('x', (payload) => void heard.push(payload));
    await publish(bus, 'x', 1);
    await eventually(() => heard.length > 0);
    assert.deepEqual(heard, [1]);
  });

  it('refuses what PostgreSQL would not carry, before it is sent', async () => {
    const bus = await open();
    await publish(bus, 'big', 'x'.repeat(7_980));
    await assert.rejects(publish(bus, 'big', 'x'.repeat(8_000)), BusPayloadTooLarge);
    await assert.rejects(publish(bus, 'big', 'ö'.repeat(4_000)), BusPayloadTooLarge);
  });

  it('connects again after a loss, says that something may have been missed, and hears what comes', async () => {
    const bus = await open();
    let gaps = 0;
    const heard: unknown[] = [];
    bus.onGap(() => {
      throw new Error('a listener that fails');
    });
    bus.onGap(() => void gaps++);
    bus.on('after', (payload) => void heard.push(payload));
    for (let round = 1; round <= 3; round++) {
      await dropConnections();
      await eventually(() => gaps === round && bus.isConnected);
      await publish(bus, 'after', round);
      await eventually(() => heard.length === round);
    }
    assert.deepEqual(heard, [1, 2, 3]);
  });

  it('says why it cannot start, and stays closed once closed', async () => {
    const url = new URL(db.appUrl);
    url.port = '1';
    await assert.rejects(new Bus({ url: url.href }).start(), DatabaseError);
    const bus = await open();
    await bus.close();
    await bus.close();
    assert.equal(bus.isConnected, false);
  });
});

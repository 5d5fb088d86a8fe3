import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import { eventually } from '../testing/eventually.js';
import { testDatabase, type TestDatabase } from '../testing/database.js';
import { databaseConfig } from './config.js';
import { Database } from './Database.js';
import { DatabaseUnavailable } from './errors.js';
import { Item, sampleSets, sampleStore } from './sample.fixture.js';
import { uuidv7 } from './uuid.js';

const terminate =
  "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'wizamart-loss'";

describe('a connection that is lost [module:core]', () => {
  let db: TestDatabase;
  let wire: Wire;
  before(async () => {
    db = await testDatabase({ sets: sampleSets });
    wire = await Wire.to(db.appUrl);
  });
  after(async () => {
    await wire.close();
    await db.drop();
  });

  const open = (appUrl: string, pipeline = true): Database =>
    new Database(
      databaseConfig({
        appUrl,
        poolSize: 1,
        pipeline,
        queryTimeoutMs: 300,
        acquireTimeoutMs: 500,
        applicationName: 'wizamart-loss',
      }),
    );

  it('fails the unit that had it, keeps nothing of it, and serves the next', async () => {
    const database = open(db.appUrl);
    const ctx = sampleStore();
    await assert.rejects(
      database.unit(ctx, async (inner) => {
        await Item.in(inner).insert({ id: uuidv7(), sku: 'lost' });
        await db.everything(terminate);
        await Item.in(inner).insert({ id: uuidv7(), sku: 'never' });
      }),
      DatabaseUnavailable,
    );
    assert.deepEqual(await database.unit(ctx, (inner) => Item.in(inner)), []);
    await database.close();
  });

  it('is replaced when it breaks while idle, without ending the process', async () => {
    const database = open(db.appUrl);
    await database.unit(sampleStore(), () => Promise.resolve());
    await db.everything(terminate);
    await eventually(() => database.load.total === 0);
    await database.unit(sampleStore(), (ctx) => Item.in(ctx));
    await database.close();
  });

  for (const pipeline of [true, false]) {
    it(`is destroyed when the other side falls silent in the middle of a query, instead of going back to the pool (${pipeline ? 'with' : 'without'} pipelining)`, async () => {
      const database = open(wire.url, pipeline);
      const ctx = sampleStore();
      await database.unit(ctx, (inner) => Item.in(inner));
      await assert.rejects(
        database.unit(ctx, async (inner) => {
          await Item.in(inner);
          wire.isSilent = true;
          await Item.in(inner);
        }),
        DatabaseUnavailable,
      );
      await eventually(() => database.load.total === 0);
      wire.isSilent = false;
      assert.deepEqual(await database.unit(ctx, (inner) => Item.in(inner)), []);
      wire.isSilent = true;
      await assert.rejects(
        database.read(ctx, { name: 'silent', text: 'select 1 as one' }),
        DatabaseUnavailable,
      );
      wire.isSilent = false;
      assert.deepEqual(await database.read(ctx, { name: 'silent', text: 'select 1 as one' }), [{ one: 1 }]);
      await database.close();
    });
  }

  it('is refused quickly while nobody answers, and works again afterwards', async () => {
    const database = open(wire.url);
    wire.isSilent = true;
    await assert.rejects(
      database.unit(sampleStore(), () => Promise.resolve()),
      DatabaseUnavailable,
    );
    wire.isSilent = false;
    await database.unit(sampleStore(), () => Promise.resolve());
    await database.close();
  });
});

/** A wire to the database that can fall silent: bytes are taken and thrown away. */
class Wire {
  isSilent = false;
  readonly #sockets = new Set<net.Socket>();

  private constructor(
    readonly url: string,
    readonly server: net.Server,
  ) {}

  static async to(target: string): Promise<Wire> {
    const { hostname, port } = new URL(target);
    const server = net
      .createServer((near) => wire.#carry(near, net.connect(Number(port), hostname)))
      .listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = new URL(target);
    url.host = `127.0.0.1:${(server.address() as net.AddressInfo).port}`;
    const wire = new Wire(url.href, server);
    return wire;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  #carry(near: net.Socket, far: net.Socket): void {
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(from);
      from.on('data', (bytes) => void (this.isSilent || to.write(bytes)));
      from.on('close', () => to.destroy());
      from.on('error', () => to.destroy());
    }
  }
}

import assert from 'node:assert/strict';
import { Bus } from '../../database/Bus.js';
import { openMessaging, type Messaging } from '../../jobs/messaging.fixture.js';
import { eventually } from '../../testing/eventually.js';
import { PageCache, type PageScope } from './PageCache.js';

describe('[module:core] PageCache on several nodes', () => {
  let kit: Messaging;
  const buses: Bus[] = [];
  before(async () => {
    kit = await openMessaging();
  });
  after(async () => {
    await Promise.all(buses.map((bus) => bus.close()));
    await kit.close();
  });
  const node = async () => {
    const bus = new Bus({ url: kit.appUrl });
    buses.push(bus);
    await bus.start();
    return { bus, cache: new PageCache({ bus, clock: kit.clock }) };
  };
  const page = { body: Buffer.from('old'), headers: {}, etag: '"old"' };

  it('drops a page everywhere when the publish is committed, and nowhere when it is rolled back', async () => {
    const here = await node(),
      there = await node();
    const ctx = kit.context({ platformId: kit.platform() });
    const scope: PageScope = { platformId: ctx.platform.id, storeId: null };
    const fill = () => {
      for (const { cache } of [here, there]) cache.put('home', scope, cache.generation(), page);
    };
    fill();
    await assert.rejects(
      kit.database.unit(ctx, async (inner) => {
        await here.cache.invalidate(inner);
        throw new Error('changed my mind');
      }),
      /changed my mind/,
    );
    assert.ok(here.cache.get('home') && there.cache.get('home'));
    const before = there.cache.generation();
    await kit.database.unit(ctx, (inner) => here.cache.invalidate(inner));
    assert.equal(here.cache.get('home'), undefined, 'at once on the node that published');
    await eventually(() => !there.cache.get('home'), 1_000);
    there.cache.put('home', scope, before, page);
    assert.equal(there.cache.get('home'), undefined, 'read there before the publish, put after it');
  });
  it('forgets everything when the connection broke, since a publish may have been missed', async () => {
    const { bus, cache } = await node();
    cache.put('home', { platformId: 'oms', storeId: null }, cache.generation(), page);
    assert.ok(cache.get('home'));
    await kit.kill('wizamart-bus');
    // It may be connected again before anybody looks, but never with the page still there.
    await eventually(() => cache.get('home') === undefined);
    await eventually(() => bus.isConnected);
    await eventually(() => cache.size.pages === 0);
  });
});

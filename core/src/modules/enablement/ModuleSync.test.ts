import assert from 'node:assert/strict';
import {
  eventually,
  startCluster,
  testHost,
  type ClusterOptions,
  type TestAppServer,
  type TestCluster,
} from '../../testing/index.js';
import { Gate, moduleOf } from './modules.fixture.js';

const gate = new Gate();
const plugins = [moduleOf('aa', [], gate), moduleOf('bb', ['aa'], gate)];
/** Longer than any test: what is seen was heard of, not polled. */
const NEVER = 3_600_000;

describe('modules on several nodes [module:core]', () => {
  let cluster: TestCluster;
  const open = async (options: Partial<ClusterOptions> = {}): Promise<void> => {
    cluster = await startCluster({ nodes: 3, hosts: [testHost({ plugins })], pollMs: NEVER, ...options });
  };
  afterEach(() => cluster.stop());

  const context = (node: TestAppServer) => node.context({ surface: 'admin' });
  const toggle = async (
    node: TestAppServer,
    change: { enable?: string[]; disable?: string[] },
  ): Promise<number> => {
    const { modules } = node.parts;
    return (
      await modules.apply(
        context(node),
        await modules.plan(context(node), { enable: [], disable: [], ...change }),
      )
    ).revision;
  };
  const statuses = (): Promise<number[]> =>
    Promise.all(
      cluster.nodes.map(
        async (node) => (await node.client({ host: 'test.lu' }).get('/api/v1/platform/bb')).status,
      ),
    );
  const everywhere = (status: number): Promise<unknown> =>
    eventually(async () => (await statuses()).every((one) => one === status));
  /** A change that nobody is told of, as when a message is lost. */
  const changeSilently = (isEnabled: boolean): Promise<unknown> =>
    cluster.database.everything(
      `with changed as (update core_platform set revision = revision + 1 returning id)
     insert into core_platform_module (platform_id, module, is_enabled, updated_at) select id, 'bb', ${isEnabled}, now() from changed
     on conflict (platform_id, module) do update set is_enabled = excluded.is_enabled`,
    );
  const cutListeners = async (): Promise<void> => {
    const cut = await cluster.database.everything(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'wizamart-bus'",
    );
    assert.equal(cut.length, cluster.nodes.length);
  };

  it('are changed on all nodes without a restart', async () => {
    await open();
    assert.deepEqual(await statuses(), [200, 200, 200]);
    await toggle(cluster.nodes[0], { disable: ['bb'] });
    assert.equal((await cluster.nodes[0].client({ host: 'test.lu' }).get('/api/v1/platform/bb')).status, 404);
    await everywhere(404);
    await toggle(cluster.nodes[2] as TestAppServer, { enable: ['bb'] });
    await everywhere(200);
  });

  it('are read again by nodes whose connection for messages broke', async () => {
    await open();
    await changeSilently(false);
    assert.deepEqual(await statuses(), [200, 200, 200]);
    await cutListeners();
    await everywhere(404);
    await toggle(cluster.nodes[1] as TestAppServer, { enable: ['bb'] });
    await everywhere(200);
  });

  it('are found by looking when a message is lost', async () => {
    await open({ pollMs: 50 });
    await changeSilently(false);
    await everywhere(404);
  });

  it('are acknowledged by every node with the revision it serves', async () => {
    await open();
    const [first] = cluster.nodes;
    const served = async (): Promise<(number | null)[]> =>
      (await first.parts.modules.nodes(context(first))).map(({ revision }) => revision);
    const before = await served();
    assert.equal(before.length, 3);
    const revision = await toggle(first, { disable: ['bb'] });
    assert.ok(before.every((one) => one === revision - 1));
    await eventually(async () => (await served()).every((one) => one === revision));
    await cluster.nodes[2]?.stop();
    assert.equal((await served()).length, 2);
    cluster.clock.advance(61_000);
    assert.equal((await served()).length, 0);
  });

  it('end the same on every node when two change them at once', async () => {
    await open();
    const [first, second] = cluster.nodes as unknown as [TestAppServer, TestAppServer];
    for (let round = 0; round < 5; round++) {
      const results = await Promise.allSettled([
        toggle(first, { disable: ['bb'] }),
        toggle(second, { disable: ['bb'] }),
      ]);
      assert.ok(results.some(({ status }) => status === 'fulfilled'));
      await everywhere(404);
      await toggle(first, { enable: ['bb'] });
      await everywhere(200);
    }
    const revisions = cluster.nodes.map(({ parts }) => parts.states.revisions());
    assert.deepEqual(revisions[1], revisions[0]);
  });
});

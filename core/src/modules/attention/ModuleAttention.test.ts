import assert from 'node:assert/strict';
import { plugin } from '../../kernel/kernel.fixture.js';
import { startTestServer, testHost, type TestAppServer } from '../../testing/index.js';
import type { Timers } from '../../kernel/clock.js';
import { ModuleAttention, type AttentionItem } from './ModuleAttention.js';

let answer: () => Promise<string | undefined> = async () => undefined;
const ill = plugin('ill', [], { healthChecks: () => [{ name: 'pulse', check: () => answer() }] });

describe('what needs attention on a platform [module:core]', () => {
  let server: TestAppServer;
  beforeEach(async () => {
    answer = async () => undefined;
    server = await startTestServer({
      hosts: [testHost({ code: 'one', plugins: [ill] }), testHost({ code: 'two', plugins: [ill] })],
    });
  });
  afterEach(() => server.stop());

  const context = (platform: string) => server.context({ platform, surface: 'admin' });
  const list = (platform = 'one'): Promise<readonly AttentionItem[]> =>
    server.parts.attention.list(context(platform));

  /** A process of which only its row is there: it serves these revisions, and is heard of for a while yet. */
  const addNode = (revisions: string): Promise<unknown> => {
    const seenAt = new Date(server.clock.now().getTime() + 30_000).toISOString();
    return server.database.everything(
      `insert into core_node (id, name, started_at, seen_at, revisions)
       values (gen_random_uuid(), 'slow', '${seenAt}', '${seenAt}', '${revisions}')`,
    );
  };

  it('is nothing where all is well', async () => {
    assert.deepEqual(await list(), []);
  });

  it('is a health check that says what is wrong, or throws', async () => {
    answer = async () => 'none';
    assert.deepEqual(await list(), [
      {
        module: 'ill',
        text: 'core.attention.health',
        values: { check: 'pulse', detail: 'none' },
        path: '/health',
      },
    ]);
    answer = () => Promise.reject(new Error('broken on purpose'));
    assert.equal((await list())[0]?.values['detail'], 'broken on purpose');
  });

  it('does not wait for a module that does not answer', async () => {
    const fired: (() => void)[] = [];
    const timers: Timers = { setTimeout: (run) => fired.push(run), clearTimeout: () => undefined };
    const { database, states, modules, settings, attribution } = server.parts;
    const attention = new ModuleAttention({
      database,
      states,
      modules,
      settings,
      failures: attribution,
      timers,
    });
    answer = () => {
      queueMicrotask(() => {
        for (const run of fired) run();
      });
      return new Promise(() => undefined);
    };
    const [item] = await attention.list(context('one'));
    assert.match(String(item?.values['detail']), /no answer within 2000 ms/);
  });

  it('is a process that has not caught up, on the platform it is behind on', async () => {
    const [one, two] = [server.platform('one'), server.platform('two')];
    await addNode(`{"${one.id}": 0, "${two.id}": 99}`);
    assert.deepEqual(await list('one'), [
      { module: 'core', text: 'core.attention.nodes', values: { count: 1 }, path: '/health' },
    ]);
    assert.deepEqual(await list('two'), []);
  });

  it('is no process that had no time yet to hear of a change', async () => {
    const { modules } = server.parts;
    await modules.apply(context('one'), await modules.plan(context('one'), { enable: [], disable: ['ill'] }));
    await addNode('{}');
    assert.deepEqual(await list('one'), []);
    server.clock.advance(16_000);
    assert.equal((await list('one'))[0]?.text, 'core.attention.nodes');
  });

  it('is jobs that wait for their module, on their own platform', async () => {
    const { modules } = server.parts;
    const ctx = context('one');
    await modules.apply(ctx, await modules.plan(ctx, { enable: [], disable: ['ill'] }));
    await server.database.everything(
      `insert into core_parked_job (id, platform_id, module, task, envelope, max_attempts, run_at, reason, parked_at)
       values (1, '${server.platform('one').id}', 'ill', 'ill.work', '{}', 3, now(), 'off', now())`,
    );
    assert.deepEqual(await list('one'), [
      { module: 'ill', text: 'core.attention.parkedJobs', values: { count: 1 }, path: '/jobs' },
    ]);
    assert.deepEqual(await list('two'), []);
  });
});

import assert from 'node:assert/strict';
import { z } from 'zod';
import { plugin } from '../../kernel/kernel.fixture.js';
import { defineRoute } from '../../kernel/route.js';
import {
  eventually,
  rootOf,
  startTestServer,
  testHost,
  type TestAppServer,
  type TestClient,
} from '../../testing/index.js';
import { Gate, moduleOf } from './modules.fixture.js';
import type { ModulePlan } from './ModulePlan.js';
import type { ModuleList } from './PlatformModules.js';

describe('the modules of a platform [module:core]', () => {
  const gate = new Gate();
  const told: string[] = [];
  const telling = (code: string) => ({
    onEnable: () => async (ctx: { snapshot: { isOn(code: string): boolean } }) => {
      told.push(`+${code} ${ctx.snapshot.isOn(code)}`);
    },
    onDisable: () => async (ctx: { snapshot: { isOn(code: string): boolean } }) => {
      told.push(`-${code} ${ctx.snapshot.isOn(code)}`);
      if (code === 'bb') throw new Error('broken on purpose');
    },
  });
  const rival = plugin('rival', [], {
    routes: () => [
      defineRoute({
        method: 'GET',
        path: '/aa',
        surface: 'platform',
        kind: 'api',
        access: 'public',
        handle: () => ({ code: 'rival' }),
      }),
    ],
  });
  const enemy = plugin('enemy', [], {
    conflicts: ['cc'],
    settings: z.object({ most: z.number().int().min(1).default(3) }),
  });
  const plugins = [
    moduleOf('aa', [], gate, telling('aa')),
    moduleOf('bb', ['aa'], gate, telling('bb')),
    moduleOf('cc', ['bb'], gate, telling('cc')),
    rival,
    enemy,
  ];
  let server: TestAppServer;
  let admin: TestClient;
  let visitor: TestClient;

  beforeEach(async () => {
    server = await startTestServer({ hosts: [testHost({ plugins, on: ['aa', 'bb', 'cc'] })] });
    const platform = server.platform();
    admin = await server.signIn(await server.user({ superAdmin: true, name: 'Ada' }), {
      surface: 'admin',
      root: rootOf({ surface: 'admin', kind: 'api', platform }),
    });
    visitor = server.client({ host: 'test.lu' });
    told.length = 0;
  });
  afterEach(() => server.stop());

  const plan = async (enable: string[], disable: string[]): Promise<ModulePlan> =>
    (await admin.post('/modules/plan', { json: { enable, disable } })).expect(200).json<ModulePlan>();
  const apply = (change: { enable: readonly string[]; disable: readonly string[]; revision: number }) =>
    admin.post('/modules/apply', {
      json: { enable: change.enable, disable: change.disable, revision: change.revision },
    });
  const listed = async (): Promise<ModuleList> =>
    (await admin.get('/modules')).expect(200).json<ModuleList>();
  const isOn = async (): Promise<string[]> =>
    (await listed()).modules.filter((one) => one.isOn && !one.isCore).map(({ code }) => code);

  it('are listed with what they need and who needs them', async () => {
    const { modules } = await listed();
    const { needs, usedBy, isCore } = modules.find(({ code }) => code === 'bb') ?? assert.fail();
    assert.deepEqual([needs, usedBy, isCore], [['aa'], ['cc'], false]);
    assert.deepEqual(await isOn(), ['aa', 'bb', 'cc']);
  });

  it('are planned with what comes along, and with what appears and disappears', async () => {
    const off = await plan([], ['bb']);
    assert.deepEqual([off.disable, off.alsoDisable, off.enable], [['bb', 'cc'], ['cc'], []]);
    assert.deepEqual(off.impact.disappears.apiRoutes, [
      'platform GET /bb',
      'platform GET /cc',
      'webhook POST /bb/paid',
      'webhook POST /cc/paid',
    ]);
    assert.deepEqual(
      [off.impact.disappears.menuItems, off.impact.disappears.features, off.impact.appears.pages],
      [['store bb-item', 'store cc-item'], ['bb_feature', 'cc_feature'], []],
    );
    await apply(off);
    const on = await plan(['cc'], []);
    assert.deepEqual([on.enable, on.alsoEnable, on.revision], [['bb', 'cc'], ['bb'], off.revision + 1]);
    assert.deepEqual(on.impact.appears.pages, ['platform GET /bb', 'platform GET /cc']);
  });

  it('are gone for the next request when they are off, whatever the method, and back when they are on', async () => {
    await apply(await plan([], ['bb']));
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      for (const path of ['/api/v1/platform/cc', '/bb'])
        assert.equal((await visitor.request(method, path)).status, 404, `${method} ${path}`);
    }
    assert.equal((await visitor.request('POST', '/api/v1/platform/aa')).status, 405);
    const document = async () =>
      Object.keys((await visitor.get('/api/v1/openapi.json')).json<{ paths: object }>().paths);
    assert.deepEqual(
      (await document()).filter((path) => /\/(aa|bb|cc)$/.test(path)),
      ['/api/v1/platform/aa'],
    );
    await apply(await plan(['cc'], []));
    (await visitor.get('/api/v1/platform/cc')).expect(200);
    (await visitor.get('/bb')).expect(200);
  });

  it('are changed only when the whole closure is named; the refusal brings the plan', async () => {
    const { revision } = await listed();
    for (const disable of [['bb'], ['bb', 'cc', 'aa']]) {
      const answer = (await apply({ enable: [], disable, revision })).expect(
        disable.length === 1 ? 409 : 200,
      );
      if (disable.length > 1) continue;
      assert.equal(answer.problem, 'MODULE_PLAN_INCOMPLETE');
      const { missing, plan: fresh } = answer.json<{ missing: string[]; plan: ModulePlan }>();
      assert.deepEqual([missing, fresh.disable, fresh.revision], [['cc'], ['bb', 'cc'], revision]);
      assert.deepEqual(await isOn(), ['aa', 'bb', 'cc']);
    }
    assert.deepEqual(await isOn(), []);
  });

  it('are not changed by what names more than there is to change', async () => {
    const { revision } = await listed();
    const answer = (await apply({ enable: ['aa'], disable: [], revision })).expect(409);
    assert.deepEqual(answer.json<{ missing: string[] }>().missing, ['aa']);
  });

  it('are not changed by a plan that another change overtook; the refusal brings a fresh one', async () => {
    const first = await plan([], ['cc']);
    const second = await plan([], ['bb']);
    await apply(first);
    const answer = (await apply(second)).expect(409);
    assert.equal(answer.problem, 'MODULE_PLAN_STALE');
    const { plan: fresh } = answer.json<{ plan: ModulePlan }>();
    assert.deepEqual([fresh.disable, fresh.revision], [['bb'], first.revision + 1]);
    (await apply(fresh)).expect(200);
  });

  it('are refused where they are unknown, of the core, contradictory or in conflict', async () => {
    const refused = async (enable: string[], disable: string[]) => {
      const answer = await admin.post('/modules/plan', { json: { enable, disable } });
      return [answer.status, answer.problem];
    };
    assert.deepEqual(await refused([], ['nothing']), [422, 'MODULE_UNKNOWN']);
    assert.deepEqual(await refused([], ['core']), [422, 'MODULE_IS_CORE']);
    assert.deepEqual(await refused(['cc'], ['aa']), [422, 'MODULE_CONTRADICTION']);
    assert.deepEqual(await refused(['enemy'], []), [409, 'MODULE_CONFLICT']);
    assert.deepEqual(await refused(['rival'], []), [409, 'MODULE_PATH_CONFLICT']);
    assert.deepEqual(await isOn(), ['aa', 'bb', 'cc']);
  });

  it('that are off ask who sends their webhooks to try again, and nobody else', async () => {
    (await visitor.post('/webhooks/cc/paid', { json: {} })).expect(200);
    await apply(await plan([], ['cc']));
    const answer = (await visitor.post('/webhooks/cc/paid', { json: {} })).expect(503);
    assert.deepEqual([answer.problem, answer.headers['retry-after']], ['MODULE_OFF', '600']);
    for (const [method, path] of [
      ['GET', '/webhooks/cc/paid'],
      ['DELETE', '/webhooks/cc/paid'],
      ['POST', '/webhooks/cc/other'],
      ['POST', '/webhooks/nothing/paid'],
    ] as const)
      assert.equal((await visitor.request(method, path)).status, 404, `${method} ${path}`);
    await apply(await plan(['cc'], []));
    (await visitor.post('/webhooks/cc/paid', { json: {} })).expect(200);
  });

  it('may take the path of one that is off', async () => {
    await apply(await plan(['rival'], ['aa']));
    assert.deepEqual((await visitor.get('/api/v1/platform/aa')).json(), { code: 'rival' });
  });

  it('leave one row in the audit trail per change: who, when, from, to', async () => {
    const change = await plan([], ['cc']);
    await apply(change);
    const rows = await server.database.everything<{
      actor_name: string;
      occurred_at: Date;
      change_from: { revision: number; modules: string[] };
      change_to: { revision: number; modules: string[] };
    }>(
      "select actor_name, occurred_at, change_from, change_to from core_audit_platform where action = 'core.modules.changed'",
    );
    assert.equal(rows.length, 1);
    const [{ actor_name, occurred_at, change_from, change_to }] = rows as [(typeof rows)[number]];
    assert.deepEqual([actor_name, occurred_at], ['Ada@example.org'.toLowerCase(), server.clock.now()]);
    assert.deepEqual([change_from.revision, change_to.revision], [change.revision, change.revision + 1]);
    assert.deepEqual(
      change_from.modules.filter((code) => !change_to.modules.includes(code)),
      ['cc'],
    );
  });

  it('are changed by one of fifty who apply the same plan at once', async () => {
    const change = await plan([], ['cc']);
    const answers = await Promise.all(Array.from({ length: 50 }, () => apply(change)));
    assert.equal(answers.filter(({ status }) => status === 200).length, 1);
    // On a machine that is short of breath some are told that the database is busy, before they get to ask.
    const refused = answers.filter(({ status }) => status !== 200);
    for (const { status, problem } of refused) {
      assert.ok(problem === 'MODULE_PLAN_STALE' || status === 503, `${status} ${problem}`);
    }
    assert.ok(refused.some(({ problem }) => problem === 'MODULE_PLAN_STALE'));
    const [row] = await server.database.everything<{ count: number }>(
      "select count(*)::int as count from core_audit_platform where action = 'core.modules.changed'",
    );
    assert.equal(row?.count, 1);
  });

  it('wait for a change that is being made, and see what it did', async () => {
    const change = await plan([], ['cc']);
    let answers: ReturnType<typeof apply>[] = [];
    await server.parts.database.unit(server.context({ surface: 'admin' }), async ({ tx, platform }) => {
      await tx.query('select 1 from core_platform where id = $1 for update', [platform.id]);
      answers = [apply(change), apply(change)];
      await eventually(
        async () =>
          (
            await server.database.everything(
              "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
            )
          ).length === 2,
      );
    });
    assert.deepEqual((await Promise.all(answers)).map(({ status }) => status).sort(), [200, 409]);
  });

  it('are kept to its end by a request that was there before the change', async () => {
    gate.close();
    const running = visitor.get('/api/v1/platform/cc');
    await eventually(() => gate.waiting === 1);
    await apply(await plan([], ['cc']));
    (await visitor.get('/api/v1/platform/cc')).expect(404);
    gate.open();
    assert.deepEqual((await running).expect(200).json(), { code: 'cc', before: true, after: true });
  });

  it('are told when they are turned on or off; one that fails is reported and undoes nothing', async () => {
    await apply(await plan([], ['aa']));
    assert.deepEqual(told, ['-cc false', '-bb false', '-aa false']);
    assert.match(server.log.text(), /a failure that did not end its operation .*broken on purpose/);
    told.length = 0;
    await apply(await plan(['cc'], []));
    assert.deepEqual(told, ['+aa true', '+bb true', '+cc true']);
    assert.deepEqual(await isOn(), ['aa', 'bb', 'cc']);
  });

  it('are not for administrators of other platforms', async () => {
    const root = rootOf({ surface: 'admin', kind: 'api', platform: server.platform() });
    const nobody = await server.signIn(await server.user(), { surface: 'admin', root });
    assert.equal((await nobody.post('/modules/plan', { json: { enable: [], disable: ['cc'] } })).status, 403);
    assert.equal((await server.client({ root }).get('/modules')).status, 401);
  });

  it('have settings that their schema checks, also while they are off', async () => {
    const config = async () =>
      (await admin.get('/modules/enemy/config')).expect(200).json<{ config: unknown }>().config;
    assert.deepEqual(await config(), { most: 3 });
    assert.equal((await admin.put('/modules/enemy/config', { json: { config: { most: 0 } } })).status, 422);
    (await admin.put('/modules/enemy/config', { json: { config: { most: 9 } } })).expect(200);
    assert.deepEqual(await config(), { most: 9 });
    assert.deepEqual(await isOn(), ['aa', 'bb', 'cc']);
    assert.equal((await admin.get('/modules/aa/config')).status, 404);
  });
});

import assert from 'node:assert/strict';
import { Secret, TOTP } from 'otpauth';
import type { RouteDefinition } from '../../../kernel/route.js';
import { rootOf } from '../../../testing/places.js';
import { startTestServer, type TestAppServer } from '../../../testing/startTestServer.js';
import { testConfig } from '../../../testing/testConfig.js';
import type { TestUser } from '../../../testing/TestTenants.js';

const NOBODY = '01935a3e-7c00-7000-8000-000000000004';

describe('two-step sign-in that super admins must set up [module:platform-admin] [module:core] [surface:admin]', () => {
  let server: TestAppServer, boss: TestUser;
  before(async () => {
    const { identity } = testConfig();
    server = await startTestServer({ plugins: [], config: { identity: { ...identity, requireTotp: true } } });
    boss = await server.user({ superAdmin: true });
  });
  after(() => server.stop());

  const rootsOf = (kind: 'page' | 'api') =>
    [
      ['global', kind === 'page' ? '/admin' : '/api/v1/admin'],
      ['platform', rootOf({ surface: 'admin', kind, platform: server.platform('test') })],
    ] as const;
  const as = (root: string, user = boss) => server.signIn(user, { surface: 'admin', root });
  /** Of the administration, for whom is signed in, but for their own account. */
  const routesOf = (kind: 'page' | 'api', place: 'global' | 'platform'): RouteDefinition[] =>
    [...server.parts.states.snapshotOf(server.platform('test').id).routes()]
      .map(({ route }) => route)
      .filter(
        ({ surface, kind: own, access, scope, path }) =>
          surface === 'admin' &&
          own === kind &&
          access !== 'public' &&
          (scope === 'both' || scope === place) &&
          !/^\/(profile|account)(\/|$)/.test(path),
      );
  const addressOf = ({ path }: RouteDefinition): string =>
    path.replace(/:\w+/g, NOBODY).replace(/\/\*.*/, '/x');

  it('leads from every page and form of the administration to where it is set up', async () => {
    for (const [place, root] of rootsOf('page')) {
      const client = await as(root);
      const routes = routesOf('page', place);
      assert.ok(routes.length > 10, `${routes.length} pages below ${root}`);
      for (const route of routes) {
        const answer = await client.request(route.method, addressOf(route));
        assert.equal(answer.expect(303).location, `${root}/profile/security`, answer.path);
      }
      const page = (await client.get('/profile/security')).expect(200);
      assert.match(page.html, /Set up two-step sign-in to go on/);
    }
  });

  it('answers every call of the API with a code that says so', async () => {
    for (const [place, root] of rootsOf('api')) {
      const client = await as(root);
      const routes = routesOf('api', place);
      assert.ok(routes.length > 10, `${routes.length} calls below ${root}`);
      for (const route of routes) {
        const answer = await client.request(route.method, addressOf(route), { json: {} });
        assert.equal(answer.expect(403).problem, 'TOTP_SETUP_REQUIRED', `${route.method} ${answer.path}`);
      }
      (await client.get('/account')).expect(200);
    }
  });

  it('lets them out and in once it is set up, and asks nothing of other administrators', async () => {
    const [[, pages], [, below]] = rootsOf('page');
    const api = await as('/api/v1/admin');
    const { secret } = (await api.post('/account/totp', { json: {} }))
      .expect(200, 201)
      .json<{ secret: string }>();
    const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate({
      timestamp: server.clock.now().getTime(),
    });
    (await api.post('/account/totp/confirm', { json: { code } })).expect(200, 201);
    (await (await as(pages)).get('/admin-users')).expect(200);
    (await (await as('/api/v1/admin')).get('/admin-users')).expect(200);
    const admin = await server.user({ adminOf: server.platform('test') });
    (await (await as(below, admin)).get('/admin-users')).expect(200);
  });
});

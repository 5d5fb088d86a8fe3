import assert from 'node:assert/strict';
import { cleanSessionsJob } from './cleanSessions.js';
import { openIdentity, PASSWORD, type IdentityWorld } from './identity.fixture.js';

describe('cleaning up after sessions [module:core]', () => {
  let world: IdentityWorld;
  before(async () => {
    world = await openIdentity();
  });
  after(() => world.close());

  it('removes what is over and keeps the rest, however often it runs', async () => {
    const user = await world.user('ann@example.org', true);
    const login = (password: string) =>
      world.authentication.login({
        audience: 'admin',
        platform: world.global,
        store: null,
        email: user.email,
        password,
        ip: '198.51.100.1',
        userAgent: 'x',
        now: world.clock.now(),
      });
    await login(PASSWORD);
    world.clock.pass(7 * 24 * 3_600);
    await login(PASSWORD);
    await assert.rejects(login('wrong'));
    const { run } = cleanSessionsJob(world),
      count = async (table: string) =>
        (
          await world.database.system((tx) =>
            tx.query<{ n: number }>(`select count(*)::integer as n from ${table}`),
          )
        )[0]?.n;
    for (let i = 0; i < 2; i += 1) await run(world.context(), {} as never, {} as never);
    assert.deepEqual([await count('core_session'), await count('core_login_attempt')], [1, 2]);
    world.clock.pass(15 * 60);
    await run(world.context(), {} as never, {} as never);
    assert.deepEqual([await count('core_session'), await count('core_login_attempt')], [1, 0]);
  });
});

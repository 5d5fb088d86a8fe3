import assert from 'node:assert/strict';
import type { LoginRequest } from './Authentication.js';
import { InvalidCredentials, NoAccessHere, TooManyLogins } from './errors.js';
import { openIdentity, PASSWORD, type IdentityWorld } from './identity.fixture.js';
import { PASSWORD_SETTINGS } from './passwordSettings.js';
import { Passwords } from './Passwords.js';

describe('Authentication [module:core]', () => {
  let world: IdentityWorld;
  let superAdmin: string,
    omsAdmin: string,
    owner: string,
    staff: string,
    nobody: string,
    adaAtAcme: string,
    adaAtTechpro: string;
  before(async () => {
    world = await openIdentity({ config: { poolSize: 20, acquireTimeoutMs: 30_000 } });
    superAdmin = (await world.user('super@example.org', true)).id;
    omsAdmin = (await world.user('oms-admin@example.org')).id;
    owner = (await world.user('owner@example.org')).id;
    staff = (await world.user('staff@example.org')).id;
    nobody = (await world.user('nobody@example.org')).id;
    await world.makeAdmin(omsAdmin, world.oms);
    await world.makeOwner(owner, world.acme);
    await world.makeMember(staff, world.acmeShop, 'staff');
    adaAtAcme = await world.customer('ada@example.org', world.acmeShop);
    adaAtTechpro = await world.customer('ada@example.org', world.techproShop);
  });
  after(() => world.close());

  let lastIp = 0;
  const request = (over: Partial<LoginRequest>): LoginRequest => ({
    audience: 'store',
    platform: world.oms,
    store: world.acmeShop,
    email: 'owner@example.org',
    password: PASSWORD,
    ip: `198.51.100.${++lastIp % 250}`,
    userAgent: 'test',
    now: world.clock.now(),
    ...over,
  });
  const login = (over: Partial<LoginRequest>) => world.signIn(request(over));
  const userOf = async (over: Partial<LoginRequest>) => (await login(over)).user.id;
  /** Hash calls of one login that fails. */
  const cost = async (over: Partial<LoginRequest>, expected: new (...args: never[]) => Error) => {
    const before = { ...world.counts };
    await assert.rejects(login(over), expected);
    return { hash: world.counts.hash - before.hash, verify: world.counts.verify - before.verify };
  };

  it('opens a session that counts where it was opened', async () => {
    const { token, user, expiresAt } = await login({ email: '  Owner@Example.ORG ' });
    assert.deepEqual([user.id, user.email], [owner, 'owner@example.org']);
    assert.equal(expiresAt.getTime(), world.clock.ms + 30 * 24 * 3_600_000);
    const session = await world.sessions.lookup(
      token,
      { audience: 'store', platformId: world.oms.id, store: world.acmeShop },
      world.clock.now(),
    );
    assert.equal(session?.person.id, owner);
  });

  it('answers the same and does the same for a wrong password, an unknown, a closed and a passwordless account', async () => {
    const closed = await world.user('closed@example.org');
    await world.users.setActive(closed.id, false);
    await world.users.create({ email: 'passwordless@example.org', name: 'x' }, world.clock.now());
    const messages = new Set<string>();
    for (const over of [
      { password: 'wrong' },
      { email: 'unknown@example.org' },
      { email: 'closed@example.org' },
      { email: 'passwordless@example.org' },
      { audience: 'customer', email: 'unknown@example.org' } as const,
      { audience: 'customer', email: 'ada@example.org', password: 'wrong' } as const,
    ]) {
      assert.deepEqual(await cost(over, InvalidCredentials), { hash: 0, verify: 1 }, JSON.stringify(over));
      await login(over).catch((error: Error) => messages.add(error.message));
    }
    assert.equal(messages.size, 1);
  });

  it('evaluates exactly 10 of 200 parallel tries, for a known account as for an unknown one', async () => {
    for (const email of ['nobody@example.org', 'never-heard-of@example.org']) {
      const before = world.counts.verify;
      const settled = await Promise.allSettled(
        Array.from({ length: 200 }, () => login({ email, password: 'wrong' })),
      );
      const kinds = settled.map((one) => (one.status === 'rejected' ? (one.reason as Error).name : 'in'));
      assert.equal(kinds.filter((kind) => kind === 'INVALID_CREDENTIALS').length, 10, email);
      assert.equal(kinds.filter((kind) => kind === 'TOO_MANY_LOGINS').length, 190, email);
      assert.equal(world.counts.verify - before, 10, email);
    }
    await assert.rejects(login({ email: 'nobody@example.org' }), TooManyLogins);
    world.clock.pass(15 * 60);
    await assert.rejects(login({ email: 'nobody@example.org' }), NoAccessHere);
  });

  it('does not count successes', async () => {
    for (let i = 0; i < 25; i += 1) await login({});
  });

  it('lets administrators in where they administer', async () => {
    const at = (email: string, platform: LoginRequest['platform']) =>
      userOf({ audience: 'admin', store: null, email, platform });
    for (const platform of [world.global, world.oms, world.loyalty])
      assert.equal(await at('super@example.org', platform), superAdmin);
    for (const platform of [world.global, world.oms])
      assert.equal(await at('oms-admin@example.org', platform), omsAdmin);
    await assert.rejects(at('oms-admin@example.org', world.loyalty), NoAccessHere);
    for (const platform of [world.global, world.oms])
      await assert.rejects(at('owner@example.org', platform), NoAccessHere);
  });

  it('lets owners into every store of their merchant, members into their own, nobody else', async () => {
    assert.equal(await userOf({ store: world.acmeEsch }), owner);
    assert.equal(await userOf({ store: null, platform: world.loyalty }), owner);
    assert.equal(await userOf({ email: 'staff@example.org' }), staff);
    assert.equal(await userOf({ email: 'staff@example.org', store: null }), staff);
    await assert.rejects(login({ store: world.techproShop }), NoAccessHere);
    await assert.rejects(login({ email: 'staff@example.org', store: world.acmeEsch }), NoAccessHere);
    await assert.rejects(
      login({ email: 'staff@example.org', store: null, platform: world.loyalty }),
      NoAccessHere,
    );
    await assert.rejects(login({ email: 'super@example.org' }), NoAccessHere);
    assert.equal(typeof nobody, 'string');
  });

  it('keeps customers of two stores apart, though they have one address', async () => {
    const at = (store: LoginRequest['store'], platform = world.oms) =>
      userOf({ audience: 'customer', email: 'ada@example.org', store, platform });
    assert.equal(await at(world.acmeShop), adaAtAcme);
    assert.equal(await at(world.techproShop), adaAtTechpro);
    await assert.rejects(at(world.acmeEsch), InvalidCredentials);
    await assert.rejects(at(world.acmeShop, world.loyalty), InvalidCredentials);
    await assert.rejects(login({ audience: 'customer', email: 'owner@example.org' }), InvalidCredentials);
    await assert.rejects(login({ email: 'ada@example.org' }), InvalidCredentials);
  });

  it('ends the session that the new one replaces, and a signed-out one at once', async () => {
    const place = { audience: 'store', platformId: world.oms.id, store: world.acmeShop } as const;
    const find = (token: string) => world.sessions.lookup(token, place, world.clock.now());
    const first = await login({}),
      old = await find(first.token);
    assert.ok(old);
    const second = await login({ replaces: old.id });
    assert.equal(await find(first.token), null);
    const session = await find(second.token);
    assert.ok(session);
    await world.authentication.logout(session.id);
    assert.equal(await find(second.token), null);
  });

  it('makes a hash of old parameters anew, when the password was right', async () => {
    const weak = new Passwords({ ...PASSWORD_SETTINGS, memoryKib: 32, passes: 1 });
    const user = await world.user('weak@example.org'),
      ada = await world.customer('weak@example.org', world.acmeShop);
    await world.makeOwner(user.id, world.acme);
    const hash = await weak.hash(PASSWORD);
    const stored = async () =>
      (
        await world.database.system((tx) =>
          tx.query<{ password_hash: string }>(
            'select password_hash from core_user where id = $1 union all select password_hash from core_customer where id = $2',
            [user.id, ada],
          ),
        )
      ).map((row) => row.password_hash);
    await world.database.system(async (tx) => {
      await tx.query('update core_user set password_hash = $2 where id = $1', [user.id, hash]);
      await tx.query('update core_customer set password_hash = $2 where id = $1', [ada, hash]);
    });
    for (const audience of ['store', 'customer'] as const) {
      await assert.rejects(
        login({ audience, email: 'weak@example.org', password: 'wrong' }),
        InvalidCredentials,
      );
    }
    assert.deepEqual(await stored(), [hash, hash]);
    for (const audience of ['store', 'customer'] as const)
      await login({ audience, email: 'weak@example.org' });
    for (const upgraded of await stored()) assert.equal(world.passwords.isOutdated(upgraded), false);
    for (const audience of ['store', 'customer'] as const)
      await login({ audience, email: 'weak@example.org' });
  });
});

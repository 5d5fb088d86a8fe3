import assert from 'node:assert/strict';
import { Sessions, type SessionOwner } from './Sessions.js';
import type { SessionPlace } from './LiveSession.js';
import { openIdentity, type IdentityWorld } from './identity.fixture.js';

describe('Sessions [module:core]', () => {
  let world: IdentityWorld;
  let userId: string, customerId: string;
  before(async () => {
    world = await openIdentity();
    userId = (await world.user('ann@example.org')).id;
    customerId = await world.customer('ada@example.org', world.acmeShop);
  });
  after(() => world.close());

  const open = (owner: SessionOwner) =>
    world.database.system((tx) =>
      world.sessions.open(tx, owner, { ip: '203.0.113.7', userAgent: 'test', now: world.clock.now() }),
    );
  const admin = (): SessionOwner => ({ audience: 'admin', userId });
  const member = (): SessionOwner => ({ audience: 'store', userId, platformId: world.oms.id });
  const customer = (): SessionOwner => ({
    audience: 'customer',
    customerId,
    platformId: world.oms.id,
    store: world.acmeShop,
  });
  const at = (audience: SessionPlace['audience'], over: Partial<SessionPlace> = {}): SessionPlace => ({
    audience,
    platformId: world.oms.id,
    store: world.acmeShop,
    ...over,
  });
  const found = async (token: string, place: SessionPlace) =>
    (await world.sessions.lookup(token, place, world.clock.now()))?.person.id ?? null;

  it('hands out 256 random bits and keeps only their SHA-256', async () => {
    const { token } = await open(admin());
    assert.match(token, /^wz_[A-Za-z0-9_-]{43}$/);
    const rows = await world.database.system((tx) =>
      tx.query<{ text: string; bytes: number }>(
        'select row_to_json(s)::text as text, length(token_hash) as bytes from core_session s',
      ),
    );
    assert.ok(rows.length > 0);
    for (const { text, bytes } of rows) {
      assert.equal(bytes, 32);
      assert.ok(!text.includes(token.slice(3)));
    }
  });

  it('count for their own audience only', async () => {
    const tokens = {
      admin: (await open(admin())).token,
      store: (await open(member())).token,
      customer: (await open(customer())).token,
    };
    for (const [own, token] of Object.entries(tokens)) {
      for (const audience of ['admin', 'store', 'customer'] as const) {
        assert.equal((await found(token, at(audience))) !== null, own === audience, `${own} at ${audience}`);
      }
    }
  });

  it('of members count on their platform only, in any store of it', async () => {
    const { token } = await open(member());
    assert.equal(await found(token, at('store', { store: world.techproShop })), userId);
    assert.equal(await found(token, at('store', { store: null })), userId);
    assert.equal(await found(token, at('store', { platformId: world.loyalty.id })), null);
  });

  it('of customers count in their store on their platform only', async () => {
    const { token } = await open(customer());
    assert.equal(await found(token, at('customer')), customerId);
    assert.equal(await found(token, at('customer', { store: world.acmeEsch })), null);
    assert.equal(await found(token, at('customer', { store: world.techproShop })), null);
    assert.equal(await found(token, at('customer', { platformId: world.loyalty.id })), null);
    assert.equal(await found(token, at('customer', { store: null })), null);
  });

  it('end at once when revoked, on another node too', async () => {
    const otherNode = new Sessions({ database: world.db.withoutModelScope() });
    const { id, token } = await open(admin());
    assert.ok(await otherNode.lookup(token, at('admin'), world.clock.now()));
    await world.sessions.revoke(id);
    assert.equal(await otherNode.lookup(token, at('admin'), world.clock.now()), null);
  });

  it('of a user end together, but for the one that asks', async () => {
    const kept = await open(admin()),
      others = [await open(admin()), await open(member())];
    await world.sessions.revokeAllOfUser(userId, { except: kept.id });
    assert.equal(await found(kept.token, at('admin')), userId);
    assert.deepEqual(
      await Promise.all(others.map(({ token }, i) => found(token, at(i === 0 ? 'admin' : 'store')))),
      [null, null],
    );
  });

  it('end when their person is closed, and come not back with another password', async () => {
    const user = await world.user('ben@example.org');
    const { token } = await open({ audience: 'admin', userId: user.id });
    assert.equal(await found(token, at('admin')), user.id);
    await world.users.setActive(user.id, false);
    await world.users.setActive(user.id, true);
    assert.equal(await found(token, at('admin')), null);
    const again = await open({ audience: 'admin', userId: user.id });
    await world.users.setPassword(user.id, 'another one');
    assert.equal(await found(again.token, at('admin')), null);
  });

  it('end when idle, and at their absolute end in any case', async () => {
    const idle = await open(admin());
    world.clock.pass(8 * 3_600 - 1);
    assert.equal(await found(idle.token, at('admin')), userId);
    world.clock.pass(8 * 3_600);
    assert.equal(await found(idle.token, at('admin')), null);
    const busy = await open(admin());
    for (let hour = 0; hour < 7 * 24; hour += 4) {
      assert.equal(await found(busy.token, at('admin')), userId);
      world.clock.pass(4 * 3_600);
    }
    assert.equal(await found(busy.token, at('admin')), null);
  });

  it('write when they were seen at most once a minute', async () => {
    const { id, token } = await open(admin());
    const seen = async () => {
      const [row] = await world.database.system((tx) =>
        tx.query<{ last_seen_at: Date }>('select last_seen_at from core_session where id = $1', [id]),
      );
      return row?.last_seen_at.getTime();
    };
    const opened = world.clock.ms;
    world.clock.pass(59);
    const { database } = world,
      onlyReading = new Sessions({
        database: {
          readSystem: database.readSystem.bind(database),
          system: () => assert.fail('wrote'),
        } as never,
      });
    assert.ok(await onlyReading.lookup(token, at('admin'), world.clock.now()));
    assert.equal(await seen(), opened);
    world.clock.pass(1);
    await Promise.all(Array.from({ length: 5 }, () => found(token, at('admin'))));
    assert.equal(await seen(), opened + 60_000);
  });

  it('are not looked for when the token has not the shape of one', async () => {
    let asked = 0;
    const sessions = new Sessions({
      database: {
        readSystem: () => {
          asked += 1;
          return Promise.resolve([]);
        },
      } as never,
    });
    for (const bad of [
      '',
      'wz_',
      `wz_${'x'.repeat(42)}`,
      `wz_${'x'.repeat(44)}`,
      `wz_${'x'.repeat(42)}!`,
      `xx_${'x'.repeat(43)}`,
    ]) {
      assert.equal(await sessions.lookup(bad, at('admin'), world.clock.now()), null);
    }
    assert.equal(asked, 0);
  });

  it('are removed once over', async () => {
    await open(admin());
    world.clock.pass(8 * 24 * 3_600);
    const alive = await open(admin());
    assert.ok((await world.sessions.purge(world.clock.now())) > 0);
    assert.equal(await found(alive.token, at('admin')), userId);
  });

  it('are out of reach of those who serve tenants', async () => {
    await assert.rejects(
      world.database.unit(world.context(), ({ tx }) => tx.query('select * from core_session')),
      /permission denied/,
    );
  });
});

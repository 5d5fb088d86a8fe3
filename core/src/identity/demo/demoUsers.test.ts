import assert from 'node:assert/strict';
import { DemoAccountInProduction } from '../errors.js';
import { openIdentity, type IdentityWorld } from '../identity.fixture.js';
import { DEMO_PASSWORD, DEMO_USERS } from './demoAccounts.js';
import { refuseDemoAccounts } from './refuseDemoAccounts.js';
import { seedDemoUsers } from './seedDemoUsers.js';

describe('demo accounts [module:core]', () => {
  let world: IdentityWorld;
  before(async () => {
    world = await openIdentity();
    await refuseDemoAccounts(world);
    await seed();
  });
  after(() => world.close());

  const seed = () =>
    seedDemoUsers(
      world,
      [world.oms, world.loyalty].map((platform) => world.context({ platform })),
    );
  const login = (audience: 'admin' | 'store' | 'customer', email: string, over: object = {}) =>
    world.signIn({
      audience,
      platform: world.oms,
      store: null,
      email,
      password: DEMO_PASSWORD,
      ip: '198.51.100.1',
      userAgent: 'test',
      now: world.clock.now(),
      ...over,
    });

  it('sign in where the demo says, and nowhere else', async () => {
    await login('admin', 'admin@wizamart.example', { platform: world.global });
    await login('admin', 'oms-admin@wizamart.example');
    await assert.rejects(login('admin', 'oms-admin@wizamart.example', { platform: world.loyalty }));
    await login('store', 'owner@acme.example', { store: world.acmeEsch });
    await login('store', 'staff@acme.example', { store: world.acmeShop });
    await assert.rejects(login('store', 'staff@acme.example', { store: world.techproShop }));
    await login('store', 'owner@techpro.example', { store: world.techproShop });
    const ids = await Promise.all(
      [world.acmeShop, world.techproShop].map(
        async (store) => (await login('customer', 'ada@customer.example', { store })).user.id,
      ),
    );
    assert.equal(new Set(ids).size, 2);
  });

  it('are there once however often they are made, at the cost of one hash', async () => {
    assert.equal(world.counts.hash, 1);
    await seed();
    assert.equal(world.counts.hash, 1);
    const users = await world.users.byIds(
      (await world.database.system((tx) => tx.query<{ id: string }>('select id from core_user'))).map(
        ({ id }) => id,
      ),
    );
    assert.equal(users.length, DEMO_USERS.length);
  });

  it('leave a password alone that somebody set', async () => {
    const user = await world.users.byEmail('owner@techpro.example');
    await world.users.setPassword(user?.id ?? '', 'my own password');
    await seed();
    await login('store', 'owner@techpro.example', { store: world.techproShop, password: 'my own password' });
  });

  it('keep a production server from starting, each by name, until none has the published password', async () => {
    const others = DEMO_USERS.map(({ email }) => email).filter((email) => email !== 'owner@techpro.example');
    await assert.rejects(
      refuseDemoAccounts(world),
      new DemoAccountInProduction({ emails: [...others, 'ada@customer.example'].sort() }),
    );
    for (const email of others)
      await world.users.setPassword((await world.users.byEmail(email))?.id ?? '', 'my own password');
    await assert.rejects(
      refuseDemoAccounts(world),
      new DemoAccountInProduction({ emails: ['ada@customer.example'] }),
    );
    for (const { merchant } of [world.acmeShop, world.techproShop]) {
      await world.inMerchant(
        merchant,
        'update core_customer set password_hash = null where merchant_id = $1',
        [merchant.id],
      );
    }
    await refuseDemoAccounts(world);
  });
});

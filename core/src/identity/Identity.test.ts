import assert from 'node:assert/strict';
import { uuidv7 } from '../database/uuid.js';
import type { PlatformRecord, StoreRecord } from '../kernel/context.js';
import type { PermissionDefinition } from '../kernel/plugin.js';
import { NoAccessHere } from './errors.js';
import { openIdentity, PASSWORD, type IdentityWorld } from './identity.fixture.js';
import type { HeldPermissions } from './permissions.js';

const declared = new Map<string, PermissionDefinition>([
  ['core.merchants.edit', { audience: 'admin', label: 'x' }],
  ['core.platforms.create', { audience: 'admin', label: 'x', scope: 'global' }],
  ['core.team.manage', { audience: 'store', label: 'x', scope: 'merchant' }],
  ['core.settings.edit', { audience: 'store', label: 'x', roles: ['manager'] }],
  ['cms.pages.edit', { audience: 'store', label: 'x', roles: ['manager', 'staff'] }],
]);

describe('Identity [module:core]', () => {
  let world: IdentityWorld;
  before(async () => {
    world = await openIdentity();
    const make = async (name: string, isSuperAdmin = false) =>
      (await world.user(`${name}@example.org`, isSuperAdmin)).id;
    await make('super', true);
    await world.makeAdmin(await make('admin'), world.oms);
    await world.makeOwner(await make('owner'), world.acme);
    await world.makeMember(await make('manager'), world.acmeShop, 'manager');
    await world.makeMember(await make('staff'), world.acmeShop, 'staff');
    const roleId = uuidv7(world.clock.now());
    await world.inMerchant(
      world.acme,
      'insert into core_role (merchant_id, id, name, permissions, created_at) values ($1, $2, $3, $4, $5)',
      [
        world.acme.id,
        roleId,
        'Editor',
        ['cms.pages.edit', 'core.team.manage', 'orders.refund'],
        world.clock.now(),
      ],
    );
    await world.makeMember(await make('editor'), world.acmeShop, 'custom', roleId);
    await world.customer('ada@example.org', world.acmeShop);
  });
  after(() => world.close());

  const tokenOf = async (
    name: string,
    audience: 'admin' | 'store' | 'customer',
    platform: PlatformRecord = world.oms,
    store: StoreRecord | null = null,
  ) =>
    (
      await world.signIn({
        audience,
        platform,
        store,
        email: `${name}@example.org`,
        password: PASSWORD,
        ip: '198.51.100.1',
        userAgent: 'test',
        now: world.clock.now(),
      })
    ).token;
  const identify = (
    token: string | undefined,
    audience: 'admin' | 'store' | 'customer',
    platform = world.oms,
    store: StoreRecord | null = null,
    known = declared,
  ) => world.identity.identify({ token, audience, platform, store, declared: known, now: world.clock.now() });
  const held = async (...args: Parameters<typeof identify>) => {
    const { actor } = await identify(...args);
    return actor.kind === 'user' ? (actor.permissions as HeldPermissions).list() : actor.kind;
  };

  it('knows nobody without a token, or with one that is none', async () => {
    assert.equal(await held(undefined, 'admin'), 'anonymous');
    assert.equal(await held('nonsense', 'admin'), 'anonymous');
    assert.equal(await held(`wz_${'x'.repeat(43)}`, 'admin'), 'anonymous');
  });

  it('gives administrators their platform, and super admins all of it', async () => {
    const admin = await tokenOf('admin', 'admin');
    assert.deepEqual(await held(admin, 'admin'), ['core.merchants.edit']);
    assert.deepEqual(await held(admin, 'admin', world.global), []);
    assert.deepEqual(await held(await tokenOf('super', 'admin'), 'admin', world.loyalty), [
      'core.merchants.edit',
      'core.platforms.create',
    ]);
  });

  it('gives each role of a store what it holds there', async () => {
    const at = async (name: string) =>
      held(await tokenOf(name, 'store', world.oms, world.acmeShop), 'store', world.oms, world.acmeShop);
    assert.deepEqual(await at('owner'), ['cms.pages.edit', 'core.settings.edit', 'core.team.manage']);
    assert.deepEqual(await at('manager'), ['cms.pages.edit', 'core.settings.edit']);
    assert.deepEqual(await at('staff'), ['cms.pages.edit']);
    assert.deepEqual(await at('editor'), ['cms.pages.edit']);
  });

  it('counts no permission of a module that is off', async () => {
    const withoutCms = new Map([...declared].filter(([name]) => !name.startsWith('cms.')));
    const token = await tokenOf('staff', 'store', world.oms, world.acmeShop);
    assert.deepEqual(await held(token, 'store', world.oms, world.acmeShop, withoutCms), []);
  });

  it('refuses, rather than not knowing, whoever is signed in but has no business here', async () => {
    const staff = await tokenOf('staff', 'store'),
      admin = await tokenOf('admin', 'admin');
    for (const answer of [
      await identify(staff, 'store', world.oms, world.acmeEsch),
      await identify(staff, 'store', world.oms, world.techproShop),
      await identify(admin, 'admin', world.loyalty),
    ]) {
      assert.equal(answer.actor.kind, 'anonymous');
      assert.ok(answer.refused instanceof NoAccessHere);
    }
  });

  it('takes a role away at once', async () => {
    const user = await world.user('leaver@example.org');
    await world.makeMember(user.id, world.acmeShop, 'staff');
    const token = await tokenOf('leaver', 'store', world.oms, world.acmeShop);
    assert.deepEqual(await held(token, 'store', world.oms, world.acmeShop), ['cms.pages.edit']);
    await world.inMerchant(
      world.acme,
      'delete from core_store_member where merchant_id = $1 and user_id = $2',
      [world.acme.id, user.id],
    );
    assert.ok((await identify(token, 'store', world.oms, world.acmeShop)).refused);
  });

  it('knows a customer in their store', async () => {
    const token = await tokenOf('ada', 'customer', world.oms, world.acmeShop);
    assert.equal((await identify(token, 'customer', world.oms, world.acmeShop)).actor.kind, 'customer');
    assert.equal((await identify(token, 'customer', world.oms, world.techproShop)).actor.kind, 'anonymous');
    assert.equal((await identify(token, 'customer', world.oms, null)).actor.kind, 'anonymous');
  });

  it('lists the stores that a user may enter on a platform', async () => {
    const stores = async (name: string, platform: PlatformRecord) => {
      const user = await world.users.byEmail(`${name}@example.org`);
      assert.ok(user);
      return (await world.access.storesOf(user.id, platform.id)).map((store) => store.code);
    };
    assert.deepEqual(await stores('owner', world.oms), ['acme', 'acme-esch']);
    assert.deepEqual(await stores('owner', world.loyalty), ['acme-esch']);
    assert.deepEqual(await stores('staff', world.oms), ['acme']);
    assert.deepEqual(await stores('staff', world.loyalty), []);
    assert.deepEqual(await stores('super', world.oms), []);
  });

  it('leaves suspended stores in the list, but not inactive ones', async () => {
    const owner = await world.users.byEmail('owner@example.org');
    const set = (status: string) =>
      world.inMerchant(world.acme, 'update core_store set status = $3 where merchant_id = $1 and id = $2', [
        world.acme.id,
        world.acmeEsch.id,
        status,
      ]);
    const statuses = async () =>
      (await world.access.storesOf(owner?.id ?? '', world.oms.id)).map((store) => store.status);
    await set('suspended');
    assert.deepEqual(await statuses(), ['active', 'suspended']);
    await set('inactive');
    assert.deepEqual(await statuses(), ['active']);
    await set('active');
  });
});

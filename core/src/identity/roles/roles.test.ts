import assert from 'node:assert/strict';
import { InvalidInput, NotFound } from '../../errors/common.js';
import type { Actor, SnapshotView, TenantContext } from '../../kernel/context.js';
import type { PermissionDefinition } from '../../kernel/plugin.js';
import { GrantRefused, LastOwner, LastSuperAdmin, RoleInUse, RoleNameTaken } from '../errors.js';
import { openIdentity, type IdentityWorld } from '../identity.fixture.js';
import { ownerPermissions, memberPermissions, platformAdminPermissions } from '../permissions.js';
import { permissionMatrix } from './permissionMatrix.js';

const declared = new Map<string, PermissionDefinition>([
  ['core.merchants.view', { audience: 'admin', label: 'x' }],
  ['core.merchants.edit', { audience: 'admin', label: 'x' }],
  ['core.platforms.create', { audience: 'admin', label: 'x', scope: 'global' }],
  ['core.owners.edit', { audience: 'store', label: 'x', scope: 'merchant' }],
  ['core.settings.edit', { audience: 'store', label: 'x', roles: ['manager'] }],
  ['cms.pages.edit', { audience: 'store', label: 'x', roles: ['manager', 'staff'] }],
  ['cms.theme.edit', { audience: 'store', label: 'x' }],
]);

describe('roles [module:core]', () => {
  let world: IdentityWorld;
  before(async () => {
    world = await openIdentity({ config: { poolSize: 20, acquireTimeoutMs: 30_000 } });
  });
  after(() => world.close());

  const snapshot = { key: 'test', isOn: () => true, permissions: declared } as SnapshotView;
  const somebody = (permissions: { has(name: string): boolean }): Actor => ({
    kind: 'user',
    userId: '0197f000-0000-7000-8000-000000000001',
    email: 'x@example.org',
    name: 'x',
    audience: 'store',
    isSuperAdmin: false,
    permissions,
    sessionId: '0197f000-0000-7000-8000-000000000002',
  });
  const owner = (): Actor => somebody(ownerPermissions(declared));
  const manager = (): Actor =>
    somebody(memberPermissions(declared, { storeId: '', roleCode: 'manager', permissions: [] }));
  const at = (actor: Actor, store = world.acmeShop): TenantContext =>
    world.context({ store, actor, snapshot, surface: 'store' });
  const admin = (
    actor: Actor = { ...somebody(platformAdminPermissions(declared)), audience: 'admin' } as Actor,
  ) => world.context({ actor, snapshot, surface: 'admin' });

  it('hold what their maker holds, and nothing that belongs to owners or stands above platforms', async () => {
    const { teamRoles, platformRoles } = world.people;
    const role = await teamRoles.create(at(owner()), { name: 'Designers', permissions: ['cms.theme.edit'] });
    assert.deepEqual(role.permissions, ['cms.theme.edit']);
    await assert.rejects(
      teamRoles.create(at(manager()), { name: 'x', permissions: ['cms.theme.edit'] }),
      GrantRefused,
    );
    await assert.rejects(
      teamRoles.create(at(owner()), { name: 'x', permissions: ['core.owners.edit'] }),
      InvalidInput,
    );
    await assert.rejects(
      platformRoles.create(admin(), { name: 'x', permissions: ['core.platforms.create'] }),
      InvalidInput,
    );
    await assert.rejects(
      teamRoles.create(at(owner()), { name: 'x', permissions: ['core.merchants.view'] }),
      InvalidInput,
    );
    await assert.rejects(teamRoles.create(at(owner()), { name: 'Designers' }), RoleNameTaken);
  });

  it('keep what modules brought that are off', async () => {
    const { teamRoles } = world.people;
    const role = await teamRoles.create(at(owner()), { name: 'Editors', permissions: ['cms.pages.edit'] });
    const withoutCms = new Map([...declared].filter(([name]) => !name.startsWith('cms.')));
    const off = { ...at(owner()), snapshot: { ...snapshot, permissions: withoutCms } as SnapshotView };
    await teamRoles.setPermissions(
      { ...off, actor: somebody(ownerPermissions(withoutCms)) },
      new Map([[role.id, ['core.settings.edit']]]),
    );
    assert.deepEqual((await teamRoles.get(at(owner()), role.id)).permissions, [
      'cms.pages.edit',
      'core.settings.edit',
    ]);
  });

  it('are not given, changed or taken away by who holds less', async () => {
    const { teamRoles, team } = world.people;
    const strong = await teamRoles.create(at(owner()), { name: 'Strong', permissions: ['cms.theme.edit'] });
    const member = await world.user('member@example.org');
    await world.makeMember(member.id, world.acmeShop, 'staff');
    await assert.rejects(team.setRole(at(manager()), member.id, strong.id), GrantRefused);
    await team.setRole(at(owner()), member.id, strong.id);
    await assert.rejects(team.setRole(at(manager()), member.id, 'staff'), GrantRefused);
    await assert.rejects(team.remove(at(manager()), member.id), GrantRefused);
    await assert.rejects(teamRoles.setPermissions(at(manager()), new Map([[strong.id, []]])), GrantRefused);
    await assert.rejects(
      world.people.teamInvitations.invite(at(manager()), {
        email: 'y@example.org',
        role: strong.id,
        language: 'en',
      }),
      GrantRefused,
    );
  });

  it('are not deleted while somebody holds them, or is invited to; it is said who', async () => {
    const { teamRoles, team } = world.people;
    const role = await teamRoles.create(at(owner()), { name: 'Held', permissions: [] });
    const holder = await world.user('holder@example.org');
    await world.makeMember(holder.id, world.acmeEsch, 'custom', role.id);
    await world.people.teamInvitations.invite(at(owner()), {
      email: 'asked@example.org',
      role: role.id,
      language: 'en',
    });
    await assert.rejects(teamRoles.remove(at(owner()), role.id), (error: unknown) => {
      assert.ok(error instanceof RoleInUse);
      assert.deepEqual(error.data.usedBy, ['holder@example.org', 'asked@example.org']);
      return true;
    });
    await team.remove(at(owner(), world.acmeEsch), holder.id);
    const [invitation] = (await world.people.teamInvitations.list(at(owner()))).items;
    await world.people.teamInvitations.withdraw(at(owner()), invitation?.id ?? '');
    await teamRoles.remove(at(owner()), role.id);
    await assert.rejects(teamRoles.get(at(owner()), role.id), NotFound);
  });

  it('of one merchant do not exist for another, by the service and by the database', async () => {
    const { teamRoles, team } = world.people;
    const role = await teamRoles.create(at(owner()), { name: 'Acme’s', permissions: [] });
    const techpro = at(owner(), world.techproShop);
    await assert.rejects(teamRoles.get(techpro, role.id), NotFound);
    const member = await world.user('techie@example.org');
    await world.makeMember(member.id, world.techproShop, 'staff');
    await assert.rejects(team.setRole(techpro, member.id, role.id), NotFound);
    await assert.rejects(
      world.inMerchant(
        world.techpro,
        "update core_store_member set role_code = 'custom', role_id = $3 where merchant_id = $1 and user_id = $2",
        [world.techpro.id, member.id, role.id],
      ),
      /foreign key/,
    );
    await assert.rejects(team.member(techpro, (await world.user('acme-only@example.org')).id), NotFound);
  });

  it('show as a matrix of what is on: locked where one holds it not oneself', async () => {
    const roles = await world.people.teamRoles.list(at(owner()));
    const { columns, groups } = permissionMatrix(at(manager()), 'store', roles);
    assert.deepEqual(
      columns.slice(0, 3).map(({ id }) => id),
      ['owner', 'manager', 'staff'],
    );
    const row = (name: string) =>
      groups.flatMap(({ rows }) => rows).find(({ permission }) => permission === name);
    assert.ok(row('core.owners.edit')?.isReserved);
    assert.ok(row('cms.theme.edit')?.cells.every(({ isLocked }) => isLocked));
    assert.ok(row('cms.pages.edit')?.cells.some(({ isLocked }) => !isLocked));
    assert.equal(row('core.merchants.view'), undefined);
  });

  it('leave one owner, also when two take each other away at once', async () => {
    const ids: string[] = [];
    for (const name of ['one', 'two']) {
      const user = await world.user(`${name}@example.org`);
      await world.makeOwner(user.id, world.techpro);
      ids.push(user.id);
    }
    const techpro = at(owner(), world.techproShop);
    const settled = await Promise.allSettled(
      Array.from({ length: 50 }, (_, n) => world.people.team.removeOwner(techpro, ids[n % 2] as string)),
    );
    assert.equal(settled.filter(({ status }) => status === 'fulfilled').length, 1);
    const [left] = await world.people.team.owners(techpro);
    await assert.rejects(world.people.team.removeOwner(techpro, left?.id ?? ''), LastOwner);
  });

  it('leave one super admin who can sign in, also when all are taken away at once', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1) ids.push((await world.user(`super${n}@example.org`, true)).id);
    const above = world.context({ platform: world.global, surface: 'admin' });
    const settled = await Promise.allSettled(
      ids.map((id, n) =>
        n % 2 === 0
          ? world.people.adminUsers.setSuperAdmin(above, id, false)
          : world.people.adminUsers.setActive(above, id, false),
      ),
    );
    assert.equal(settled.filter(({ status }) => status === 'fulfilled').length, 4);
    const failure = settled.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
    assert.ok(failure.reason instanceof LastSuperAdmin);
  });

  it('of platforms are given to administrators, and count from the next request', async () => {
    const role = await world.people.platformRoles.create(admin(), {
      name: 'Readers',
      permissions: ['core.merchants.view'],
    });
    const user = await world.user('reader@example.org');
    await world.makeAdmin(user.id, world.oms);
    const result = await world.authentication.login({
      audience: 'admin',
      platform: world.oms,
      store: null,
      email: 'reader@example.org',
      password: 'correct horse battery staple',
      ip: '198.51.100.3',
      userAgent: 'x',
      now: world.clock.now(),
    });
    const held = async () => {
      const { actor } = await world.identity.identify({
        token: result.kind === 'signed-in' ? result.token : '',
        audience: 'admin',
        platform: world.oms,
        store: null,
        declared,
        now: world.clock.now(),
      });
      return [...declared.keys()].filter((name) => actor.kind === 'user' && actor.permissions.has(name));
    };
    assert.deepEqual(await held(), ['core.merchants.view', 'core.merchants.edit']);
    await world.people.adminUsers.setRole(admin(), user.id, role.id);
    assert.deepEqual(await held(), ['core.merchants.view']);
    const reader: Actor = {
      ...somebody({ has: (name) => name === 'core.merchants.view' }),
      audience: 'admin',
    } as Actor;
    await assert.rejects(world.people.adminUsers.setRole(admin(reader), user.id, 'admin'), GrantRefused);
  });
});

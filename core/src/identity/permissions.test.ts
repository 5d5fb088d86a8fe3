import assert from 'node:assert/strict';
import type { PermissionDefinition } from '../kernel/plugin.js';
import {
  memberPermissions,
  ownerPermissions,
  platformAdminPermissions,
  superAdminPermissions,
} from './permissions.js';

const declared = new Map<string, PermissionDefinition>([
  ['core.platforms.create', { audience: 'admin', label: 'x', scope: 'global' }],
  ['core.merchants.edit', { audience: 'admin', label: 'x' }],
  ['core.team.manage', { audience: 'store', label: 'x', scope: 'merchant', roles: ['manager'] }],
  ['core.settings.edit', { audience: 'store', label: 'x', roles: ['manager'] }],
  ['cms.pages.edit', { audience: 'store', label: 'x', roles: ['manager', 'staff'] }],
  ['cms.theme.edit', { audience: 'store', label: 'x' }],
]);
const member = (roleCode: string, permissions: string[] = []) =>
  memberPermissions(declared, { storeId: 's', roleCode, permissions }).list();

describe('permission sets [module:core]', () => {
  it('give super admins everything of the admin surface and nothing of stores', () =>
    assert.deepEqual(superAdminPermissions(declared).list(), [
      'core.merchants.edit',
      'core.platforms.create',
    ]));
  it('give platform admins everything but what stands above platforms', () =>
    assert.deepEqual(platformAdminPermissions(declared).list(), ['core.merchants.edit']));
  it('give owners everything in stores', () =>
    assert.deepEqual(ownerPermissions(declared).list(), [
      'cms.pages.edit',
      'cms.theme.edit',
      'core.settings.edit',
      'core.team.manage',
    ]));
  it('give managers what names their role, never what concerns the whole merchant', () =>
    assert.deepEqual(member('manager'), ['cms.pages.edit', 'core.settings.edit']));
  it('give staff less', () => assert.deepEqual(member('staff'), ['cms.pages.edit']));
  it('give a merchant’s own role what it lists, but no merchant’s, no admin’s and nothing that is not declared', () =>
    assert.deepEqual(
      member('0197…', ['cms.theme.edit', 'core.team.manage', 'core.merchants.edit', 'orders.refund']),
      ['cms.theme.edit'],
    ));
  it('lose the permissions of a module that is off', () => {
    const permissions = ownerPermissions(new Map());
    assert.equal(permissions.has('cms.pages.edit'), false);
  });
  it('do not take names of object properties for permissions', () =>
    assert.equal(ownerPermissions(declared).has('constructor'), false));
});

import assert from 'node:assert/strict';
import type { PermissionDefinition } from '../kernel/plugin.js';
import { actorFor } from './actorFor.js';
import type { Grants } from './grants.js';
import type { LiveSession } from './LiveSession.js';
import type { HeldPermissions } from './permissions.js';

const declared = new Map<string, PermissionDefinition>([
  ['core.merchants.edit', { audience: 'admin', label: 'x' }],
  ['cms.pages.edit', { audience: 'store', label: 'x', roles: ['staff'] }],
]);
const OMS = { id: 'oms', host: 'oms' },
  LOYALTY = { id: 'loyalty', host: 'loyalty' },
  GLOBAL = { id: 'nil', host: null };
const ACME = { id: 'acme', merchantId: 'm1' };
const session = (audience: LiveSession['audience'], grants: Partial<Grants> = {}): LiveSession => ({
  id: 's',
  audience,
  person: { id: 'p', email: 'p@example.org', name: 'P', language: null },
  grants: { isSuperAdmin: false, adminOf: [], ownerOf: [], membership: null, ...grants },
  lastSeenAt: new Date(0),
  expiresAt: new Date(1),
});
const held = (actor: ReturnType<typeof actorFor>) =>
  actor?.kind === 'user' ? (actor.permissions as HeldPermissions).list() : null;

describe('actorFor [module:core]', () => {
  it('lets a platform’s administrator act on that platform and on no other', () => {
    const admin = session('admin', { adminOf: ['oms'] });
    assert.deepEqual(held(actorFor(admin, declared, OMS)), ['core.merchants.edit']);
    assert.equal(actorFor(admin, declared, LOYALTY), null);
  });
  it('lets a platform’s administrator in above the platforms, without any right there', () => {
    assert.deepEqual(held(actorFor(session('admin', { adminOf: ['oms'] }), declared, GLOBAL)), []);
    assert.equal(actorFor(session('admin'), declared, GLOBAL), null);
  });
  it('lets a super admin act everywhere', () => {
    for (const platform of [OMS, LOYALTY, GLOBAL]) {
      assert.deepEqual(held(actorFor(session('admin', { isSuperAdmin: true }), declared, platform)), [
        'core.merchants.edit',
      ]);
    }
  });
  it('lets owners and members act in their store, and nobody else', () => {
    const membership = { storeId: 'acme', roleCode: 'staff', permissions: [] };
    assert.deepEqual(held(actorFor(session('store', { ownerOf: ['m1'] }), declared, OMS, ACME)), [
      'cms.pages.edit',
    ]);
    assert.deepEqual(held(actorFor(session('store', { membership }), declared, OMS, ACME)), [
      'cms.pages.edit',
    ]);
    assert.equal(
      actorFor(session('store', { membership: { ...membership, storeId: 'other' } }), declared, OMS, ACME),
      null,
    );
    assert.equal(actorFor(session('store', { ownerOf: ['m2'] }), declared, OMS, ACME), null);
    assert.equal(actorFor(session('store'), declared, OMS, ACME), null);
  });
  it('gives nobody a right at the store picker', () =>
    assert.deepEqual(held(actorFor(session('store', { ownerOf: ['m1'] }), declared, OMS)), []));
  it('makes a customer of a customer’s session', () =>
    assert.equal(actorFor(session('customer'), declared, OMS, ACME)?.kind, 'customer'));
});

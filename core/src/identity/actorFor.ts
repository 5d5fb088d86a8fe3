import type { Actor, PlatformRecord, StoreRecord } from '../kernel/context.js';
import type { Grants } from './grants.js';
import {
  customAdminPermissions,
  memberPermissions,
  noPermissions,
  ownerPermissions,
  platformAdminPermissions,
  superAdminPermissions,
  type DeclaredPermissions,
  type HeldPermissions,
} from './permissions.js';
import type { LiveSession } from './LiveSession.js';

export type SignedInActor = Extract<Actor, { kind: 'user' | 'customer' }>;

/**
 * Who acts with this session at this place, with the permissions held there; null when the person has no business here.
 *
 * @param declared permissions of the modules that are on for the platform
 * @param store the store of the address; left out above stores (admin, store picker)
 */
export const actorFor = (
  session: LiveSession,
  declared: DeclaredPermissions,
  platform: Pick<PlatformRecord, 'id' | 'host'>,
  store: Pick<StoreRecord, 'id' | 'merchantId'> | null = null,
): SignedInActor | null => {
  const { person } = session;
  if (session.audience === 'customer') {
    return {
      kind: 'customer',
      customerId: person.id,
      email: person.email,
      name: person.name,
      sessionId: session.id,
    };
  }
  const permissions =
    session.audience === 'admin'
      ? adminPermissions(session.grants, declared, platform)
      : storePermissions(session.grants, declared, store);
  if (!permissions) return null;
  return {
    kind: 'user',
    userId: person.id,
    email: person.email,
    name: person.name,
    audience: session.audience,
    isSuperAdmin: session.grants.isSuperAdmin,
    permissions,
    sessionId: session.id,
    ...(session.impersonator ? { impersonator: session.impersonator } : {}),
    ...(session.hasChoice ? { hasChoice: true as const } : {}),
  };
};

const adminPermissions = (
  grants: Grants,
  declared: DeclaredPermissions,
  platform: Pick<PlatformRecord, 'id' | 'host'>,
): HeldPermissions | null => {
  if (grants.isSuperAdmin) return superAdminPermissions(declared);
  if (grants.adminOf.includes(platform.id)) {
    const own = grants.adminRoles?.[platform.id];
    return own ? customAdminPermissions(declared, own) : platformAdminPermissions(declared);
  }
  // Above the platforms (no host composes that) their administrators only find the way to their own.
  return platform.host === null && grants.adminOf.length > 0 ? noPermissions(declared) : null;
};

const storePermissions = (
  grants: Grants,
  declared: DeclaredPermissions,
  store: Pick<StoreRecord, 'id' | 'merchantId'> | null,
): HeldPermissions | null => {
  // The store picker lists what this person may enter, be it nothing.
  if (!store) return noPermissions(declared);
  if (grants.ownerOf.includes(store.merchantId)) return ownerPermissions(declared);
  return grants.membership?.storeId === store.id ? memberPermissions(declared, grants.membership) : null;
};

import { TenantMissing } from '../../errors/common.js';
import type { RoleKind } from './CustomRoles.js';

/** Roles of a platform's administrators. */
export const PLATFORM_ROLES: RoleKind = {
  audience: 'admin',
  table: 'core_platform_role',
  owner: 'platform_id',
  holders: 'core_platform_admin',
  invitations: 'core_admin_invitation',
  at: (ctx) => ({ ctx: { ...ctx, merchant: null, store: null }, id: ctx.platform.id }),
};

/** Roles of a merchant's staff, in all its stores. */
export const TEAM_ROLES: RoleKind = {
  audience: 'store',
  table: 'core_role',
  owner: 'merchant_id',
  holders: 'core_store_member',
  invitations: 'core_team_invitation',
  at: (ctx) => {
    if (!ctx.merchant) throw new TenantMissing({ needed: 'merchant', where: 'Roles of a team' });
    return { ctx: { ...ctx, store: null }, id: ctx.merchant.id };
  },
};

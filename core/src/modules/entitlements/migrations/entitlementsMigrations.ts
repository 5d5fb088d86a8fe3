import { entitlementsMigration } from './20261120_entitlements.js';

/** Tables of tiers and entitlements; after those of tenancy, which they point to. */
export const entitlementsMigrations = [entitlementsMigration];

import { identityMigration } from './20261120_identity.js';
import { auditMigration } from './20261120_identity_audit.js';

/** Tables of people, sessions and the audit trail; after those of tenancy, which they point to. */
export const identityMigrations = [identityMigration, auditMigration];

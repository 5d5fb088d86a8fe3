import { identityMigration } from './20261120_identity.js';
import { auditMigration } from './20261120_identity_audit.js';
import { auditImpersonatorMigration } from './20261122_audit_impersonator.js';
import { identityRolesMigration } from './20261122_identity_roles.js';
import { identitySignInMigration } from './20261122_identity_sign_in.js';
import { identityTeamMigration } from './20261122_identity_team.js';

/** Tables of people, their roles, sessions and invitations, and of the audit trail. */
export const identityMigrations = [
  identityMigration,
  auditMigration,
  auditImpersonatorMigration,
  identityRolesMigration,
  identitySignInMigration,
  identityTeamMigration,
];

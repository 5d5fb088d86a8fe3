import { defineMigration } from '../../database/migration.js';

/** The trail of a platform with what happened at its merchants, newest first, for its administrators. */
export const auditListsMigration = defineMigration('20261122_audit_lists', (m) => {
  m.sql('create index core_audit_merchant_of_platform on core_audit_merchant (platform_id, id)');
  m.sql(
    "comment on index core_audit_merchant_of_platform is 'Across tenants: administrators of a platform read its trail'",
  );
});

import { defineMigration } from '../../database/migration.js';

/** Who acted as somebody else, and lines about people's own accounts, which stand above tenants. */
export const auditImpersonatorMigration = defineMigration('20261122_audit_impersonator', (m) => {
  for (const table of ['core_audit_platform', 'core_audit_merchant']) {
    m.alter(table, (t) => {
      t.uuid('impersonator_id').comment(
        'The administrator who acted as the actor; null: the actor themselves.',
      );
      t.text('impersonator_name').comment('E-mail of that administrator, as it was then.');
    });
    // Written where no tenant's transaction is: signing in, passwords, sessions.
    m.grantSystem(table, ['insert']);
  }
});

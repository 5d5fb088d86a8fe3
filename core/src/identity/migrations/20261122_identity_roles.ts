import { defineMigration } from '../../database/migration.js';

/** Roles that a platform makes for its administrators, beside the built-in one that holds everything. */
export const identityRolesMigration = defineMigration('20261122_identity_roles', (m) => {
  m.platformTable('core_platform_role', {
    comment: 'A role that a platform made for its administrators.',
    unique: [['name']],
    references: [{ columns: ['platform_id'], table: 'core_platform', of: 'root', onDelete: 'cascade' }],
    columns: (t) => {
      t.text('name').notNullable().comment('As administrators read it; unique on the platform.');
      t.specificType('permissions', 'text[]')
        .notNullable()
        .comment('Names of admin permissions; those of modules that are off do not count.');
      t.timestamp('created_at').notNullable();
    },
  });
  m.grantSystem('core_platform_role', ['select']);
  m.alter('core_platform_admin', (t) => {
    t.uuid('role_id').comment('A role of the platform.');
  });
  m.sql('alter table core_platform_admin drop constraint core_platform_admin_role');
  m.sql(
    "alter table core_platform_admin add constraint core_platform_admin_role check (role in ('admin', 'custom') and (role = 'custom') = (role_id is not null))",
  );
  m.sql(
    "comment on column core_platform_admin.role is 'admin: everything of the platform; custom: see role_id.'",
  );
  m.data(
    ['core_platform_admin', 'core_platform_role'],
    'alter table core_platform_admin add constraint core_platform_admin_role_fkey foreign key (platform_id, role_id) references core_platform_role (platform_id, id)',
  );
  m.sql('create index core_platform_admin_role_id on core_platform_admin (platform_id, role_id)');
});

import type { Knex } from 'knex';
import { defineMigration, type MigrationBuilder } from '../../database/migration.js';
import { ownRow } from '../../database/migrations/policies.js';

const columns = (t: Knex.CreateTableBuilder) => {
  t.timestamp('occurred_at').notNullable().comment('By the clock of the process that changed it.');
  t.text('actor_kind').notNullable().comment('user, customer, system or anonymous.');
  t.uuid('actor_id').comment('The user or customer.');
  t.text('actor_name').notNullable().comment('As it was then: e-mail of a person, name of what ran.');
  t.text('action').notNullable().comment('plugin.noun.past, e.g. cms.page.published.');
  t.text('subject_type').notNullable().comment('Kind of thing that was changed, e.g. page.');
  t.text('subject_id').notNullable().comment('Its id, or code where that names it.');
  t.text('subject_name').comment('As it was called then.');
  t.jsonb('change_from').comment('What changed, before; secrets masked.');
  t.jsonb('change_to').comment('What changed, after; secrets masked.');
  t.text('request_id').notNullable().comment('Leads to the log.');
};

/** Refuses changes even to those who get the right to update by mistake, the owner of the table among them. */
const appendOnly = (m: MigrationBuilder, table: string) => {
  m.sql(`create trigger ${table}_append_only before update or delete or truncate on ${table}
    for each statement execute function core_refuse_change()`);
};

/** The trail of changes of importance: written once, never changed or deleted. */
export const auditMigration = defineMigration('20261120_identity_audit', (m) => {
  m.sql(`create function core_refuse_change() returns trigger language plpgsql as $$
    begin raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege'; end $$`);
  m.platformTable('core_audit_platform', {
    comment: 'What was changed on a platform, by whom; append-only.',
    allow: ['select', 'insert'],
    indexes: [
      ['subject_type', 'subject_id', 'id'],
      ['actor_id', 'id'],
    ],
    columns,
  });
  appendOnly(m, 'core_audit_platform');
  m.grantDirectory('core_audit_platform');

  m.merchantTable('core_audit_merchant', {
    comment: 'What was changed at a merchant or one of its stores, by whom; append-only.',
    allow: ['select', 'insert'],
    indexes: [
      ['subject_type', 'subject_id', 'id'],
      ['store_id', 'id'],
    ],
    columns: (t) => {
      t.uuid('platform_id').notNullable().comment('Where it happened.');
      t.uuid('store_id').comment('The store it happened in; null: the merchant as a whole.');
      columns(t);
    },
  });
  // Administrators of one platform do not see what the merchant did on another.
  const samePlatform = ownRow('platform_id', 'platform');
  m.sql(
    `create policy core_audit_merchant_same_platform on core_audit_merchant as restrictive for all to app_serve using (${samePlatform}) with check (${samePlatform})`,
  );
  appendOnly(m, 'core_audit_merchant');
  m.grantDirectory('core_audit_merchant');
});

import type { Knex } from 'knex';
import { sameStore } from '../../database/migrations/policies.js';
import { defineMigration } from '../../database/migration.js';

const LOOKUP = 'whoever opens the link is not known yet; the hash cannot be guessed';

const columns = (t: Knex.CreateTableBuilder) => {
  t.text('email').notNullable().comment('Whom it was sent to; normalised.');
  t.uuid('role_id').comment('A role made here; null for a built-in one.');
  t.text('language').notNullable().comment('Of the mail and of the page it leads to.');
  t.binary('token_hash')
    .notNullable()
    .comment('SHA-256 of the token in the link; changes when it is sent again.');
  t.uuid('invited_by').comment('The user who invited; null: the system.');
  t.text('invited_by_name').notNullable().comment('As it was then.');
  t.timestamp('created_at').notNullable();
  t.timestamp('sent_at').notNullable().comment('When the latest mail was queued.');
  t.timestamp('expires_at').notNullable().comment('From then on the link opens nothing.');
  t.timestamp('accepted_at').comment('Once; null: not yet.');
  t.uuid('accepted_by').comment('The user it became.');
  t.timestamp('withdrawn_at').comment('Null: not withdrawn.');
};

/** People who were asked to join: administrators of a platform, owners of a merchant, members of a store. */
export const identityTeamMigration = defineMigration('20261122_identity_team', (m) => {
  m.platformTable('core_admin_invitation', {
    comment: 'Somebody who was asked to administer a platform, or (nil platform) the whole installation.',
    uniqueAcrossTenants: [{ columns: ['token_hash'], why: LOOKUP }],
    references: [{ columns: ['role_id'], table: 'core_platform_role', of: 'platform' }],
    columns: (t) => {
      t.text('role').notNullable().comment('super_admin, admin, or custom: see role_id.');
      columns(t);
    },
  });
  m.sql(
    "alter table core_admin_invitation add constraint core_admin_invitation_role check (role in ('super_admin', 'admin', 'custom') and (role = 'custom') = (role_id is not null))",
  );
  m.sql(
    'create unique index core_admin_invitation_open on core_admin_invitation (platform_id, email) where accepted_at is null and withdrawn_at is null',
  );
  m.grantSystem('core_admin_invitation', ['select', 'update']);

  m.merchantTable('core_team_invitation', {
    comment: 'Somebody who was asked to own a merchant, or to work in one of its stores.',
    uniqueAcrossTenants: [{ columns: ['token_hash'], why: LOOKUP }],
    references: [
      { columns: ['merchant_id'], table: 'core_merchant', of: 'root', onDelete: 'cascade' },
      { columns: ['store_id'], table: 'core_store', of: 'merchant', onDelete: 'cascade' },
      { columns: ['role_id'], table: 'core_role', of: 'merchant' },
      { columns: ['platform_id'], table: 'core_platform', of: 'root' },
    ],
    columns: (t) => {
      t.uuid('platform_id').notNullable().comment('Where it was sent, and whose tier bounds the team.');
      t.uuid('store_id').comment('The store to work in; null: to own the merchant.');
      t.text('role').notNullable().comment('owner, manager, staff, or custom: see role_id.');
      columns(t);
    },
  });
  m.sql(
    "alter table core_team_invitation add constraint core_team_invitation_role check (role in ('owner', 'manager', 'staff', 'custom') and (role = 'custom') = (role_id is not null) and (role = 'owner') = (store_id is null))",
  );
  m.sql(
    'create unique index core_team_invitation_open on core_team_invitation (merchant_id, store_id, email) where accepted_at is null and withdrawn_at is null and store_id is not null',
  );
  m.sql(
    'create unique index core_team_invitation_open_owner on core_team_invitation (merchant_id, email) where accepted_at is null and withdrawn_at is null and store_id is null',
  );
  m.sql(
    `create policy core_team_invitation_same_store on core_team_invitation as restrictive for all to app_serve using (${sameStore}) with check (${sameStore})`,
  );
  m.grantSystem('core_team_invitation', ['select']);
});

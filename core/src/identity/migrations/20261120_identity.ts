import { defineMigration } from '../../database/migration.js';
import { ownRow } from '../../database/migrations/policies.js';

const SESSION_LOOKUP = 'a session knows its person and asks where they may do what';

/** People, what they may do where, their sessions, and the trail of what they did. */
export const identityMigration = defineMigration('20261120_identity', (m) => {
  m.systemTable('core_user', {
    comment: 'A person with a password: administrator, merchant owner or member of stores.',
    columns: (t) => {
      t.uuid('id').primary();
      t.text('email').notNullable().unique().comment('Normalised: trimmed, lower case.');
      t.text('name').notNullable().comment('As the person wants to be called.');
      t.text('password_hash').comment('argon2id in PHC notation; null: cannot sign in with a password.');
      t.boolean('is_super_admin')
        .notNullable()
        .defaultTo(false)
        .comment('Administers the whole installation.');
      t.boolean('is_active').notNullable().defaultTo(true).comment('False closes all sessions at once.');
      t.text('language').comment('Preferred language of dashboards.');
      t.timestamp('created_at').notNullable();
      t.timestamp('last_login_at').comment('Last sign-in with the password; null: none yet.');
    },
  });
  m.platformTable('core_platform_admin', {
    comment: 'Who administers a platform.',
    key: ['user_id'],
    indexesAcrossTenants: [{ columns: ['user_id'], why: SESSION_LOOKUP }],
    references: [
      { columns: ['platform_id'], table: 'core_platform', of: 'root', onDelete: 'cascade' },
      { columns: ['user_id'], table: 'core_user', of: 'root', onDelete: 'cascade' },
    ],
    columns: (t) => {
      t.uuid('user_id').notNullable();
      t.text('role').notNullable().defaultTo('admin').comment('admin; there is no other yet.');
      t.timestamp('created_at').notNullable();
    },
  });
  m.sql("alter table core_platform_admin add constraint core_platform_admin_role check (role = 'admin')");
  m.grantSystem('core_platform_admin', ['select']);

  m.merchantTable('core_merchant_owner', {
    comment: 'Who owns a merchant: holds every permission in all its stores.',
    key: ['user_id'],
    indexesAcrossTenants: [{ columns: ['user_id'], why: SESSION_LOOKUP }],
    references: [
      { columns: ['merchant_id'], table: 'core_merchant', of: 'root', onDelete: 'cascade' },
      { columns: ['user_id'], table: 'core_user', of: 'root', onDelete: 'cascade' },
    ],
    columns: (t) => {
      t.uuid('user_id').notNullable();
      t.timestamp('created_at').notNullable();
    },
  });
  m.grantSystem('core_merchant_owner', ['select']);

  m.merchantTable('core_role', {
    comment: 'A role that a merchant made for members of its stores.',
    unique: [['name']],
    references: [{ columns: ['merchant_id'], table: 'core_merchant', of: 'root', onDelete: 'cascade' }],
    columns: (t) => {
      t.text('name').notNullable().comment('As members read it; unique for the merchant.');
      t.specificType('permissions', 'text[]')
        .notNullable()
        .comment('Names of store permissions; those of modules that are off do not count.');
      t.timestamp('created_at').notNullable();
    },
  });
  m.grantSystem('core_role', ['select']);

  m.storeTable('core_store_member', {
    comment: 'Who works in a store, with which role.',
    key: ['user_id'],
    indexesAcrossTenants: [{ columns: ['user_id'], why: SESSION_LOOKUP }],
    references: [
      { columns: ['store_id'], table: 'core_store', of: 'merchant', onDelete: 'cascade' },
      { columns: ['role_id'], table: 'core_role', of: 'merchant' },
      { columns: ['user_id'], table: 'core_user', of: 'root', onDelete: 'cascade' },
    ],
    columns: (t) => {
      t.uuid('user_id').notNullable();
      t.text('role_code').notNullable().comment('manager, staff, or custom: see role_id.');
      t.uuid('role_id').comment('A role of the merchant.');
      t.timestamp('created_at').notNullable();
    },
  });
  m.sql(
    "alter table core_store_member add constraint core_store_member_role check (role_code in ('manager', 'staff', 'custom') and (role_code = 'custom') = (role_id is not null))",
  );
  m.grantSystem('core_store_member', ['select']);

  m.storeTable('core_customer', {
    comment: 'Credentials of a customer of one store on one platform; knows nothing of other stores.',
    unique: [['platform_id', 'email']],
    references: [
      { columns: ['store_id'], table: 'core_store', of: 'merchant', onDelete: 'cascade' },
      { columns: ['platform_id'], table: 'core_platform', of: 'root' },
    ],
    columns: (t) => {
      t.uuid('platform_id').notNullable();
      t.text('email').notNullable().comment('Normalised: trimmed, lower case.');
      t.text('name').notNullable().comment('As the person wants to be called.');
      t.text('password_hash').comment('argon2id in PHC notation; null: cannot sign in with a password.');
      t.boolean('is_active').notNullable().defaultTo(true).comment('False closes all sessions at once.');
      t.text('language').comment('Language of mails; null: the store’s.');
      t.timestamp('created_at').notNullable();
      t.timestamp('last_login_at').comment('Last sign-in with the password; null: none yet.');
    },
  });
  // A store may stand on several platforms; its customers on one are strangers on the other.
  const samePlatform = ownRow('platform_id', 'platform');
  m.sql(
    `create policy core_customer_same_platform on core_customer as restrictive for all to app_serve using (${samePlatform}) with check (${samePlatform})`,
  );
  m.grantSystem('core_customer', ['select', 'update']);

  m.systemTable('core_session', {
    comment: 'A signed-in browser or client; the token itself is kept nowhere.',
    columns: (t) => {
      t.uuid('id').primary();
      t.binary('token_hash').notNullable().unique().comment('SHA-256 of the token.');
      t.text('audience').notNullable().comment('admin, store or customer; opens that surface only.');
      t.uuid('user_id');
      t.uuid('customer_id').comment('Of audience customer.');
      t.uuid('platform_id').comment('Binds sessions of members and customers.');
      t.uuid('merchant_id');
      t.uuid('store_id').comment('Binds sessions of customers.');
      t.timestamp('created_at').notNullable();
      t.timestamp('last_seen_at').notNullable().comment('Written at most once a minute.');
      t.timestamp('expires_at').notNullable().comment('End in any case; it ends earlier when idle.');
      t.text('ip').notNullable().comment('Address it was opened from.');
      t.text('user_agent').notNullable().comment('Of the browser it was opened with, cut to 400 characters.');
    },
  });
  m.data(
    ['core_session', 'core_user'],
    'alter table core_session add constraint core_session_user_fkey foreign key (user_id) references core_user (id) on delete cascade',
  );
  m.sql(`alter table core_session add constraint core_session_bound check (case audience
    when 'admin' then user_id is not null and customer_id is null and platform_id is null and store_id is null
    when 'store' then user_id is not null and customer_id is null and platform_id is not null and store_id is null
    when 'customer' then user_id is null and customer_id is not null and platform_id is not null and merchant_id is not null and store_id is not null
    else false end)`);
  m.sql('create index core_session_user on core_session (user_id) where user_id is not null');
  m.sql('create index core_session_customer on core_session (customer_id) where customer_id is not null');
  m.sql('create index core_session_expires_at on core_session (expires_at)');

  m.systemTable('core_login_attempt', {
    comment: 'Latest tries to sign in per account and per address.',
    columns: (t) => {
      t.binary('bucket').primary().comment('SHA-256 of what is counted: an account, or an address.');
      t.specificType('tries', 'timestamptz[]')
        .notNullable()
        .comment('At most as many as the limit, oldest first.');
      t.timestamp('last_at').notNullable().comment('Latest try; the row may go a window later.');
    },
  });
  m.sql('create index core_login_attempt_last_at on core_login_attempt (last_at)');
});

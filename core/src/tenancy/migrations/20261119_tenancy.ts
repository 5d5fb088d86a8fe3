import { defineMigration } from '../../database/migration.js';

/** Platforms, merchants, stores, and which of them are where. */
export const tenancyMigration = defineMigration('20261119_tenancy', (m) => {
  m.rootTable('platform', 'core_platform', {
    comment: 'One business product of the provider, such as oms; the tenant above all others.',
    allow: ['select', 'insert', 'update'],
    columns: (t) => {
      t.text('code')
        .notNullable()
        .unique()
        .comment('Part of addresses; at most 50 of a-z, 0-9 and hyphens; never changes.');
      t.text('name').notNullable().comment('For people.');
      t.text('domain').unique().comment('Host name in lower case and punycode; null: reached by path only.');
      t.text('host').notNullable().comment('Code of the host package that composes it.');
      t.boolean('is_active').notNullable().defaultTo(true).comment('False: all its addresses answer 404.');
      t.text('default_language').notNullable().comment('The language without a prefix.');
      t.specificType('languages', 'text[]')
        .notNullable()
        .comment('Supported languages, the default among them.');
      t.jsonb('theme').notNullable().comment('Checked by the theme schema.');
      t.jsonb('settings')
        .notNullable()
        .defaultTo('{}')
        .comment('Free facts of the platform, such as its legal address.');
      t.bigInteger('revision')
        .notNullable()
        .defaultTo(1)
        .comment('Counts every change of modules and their settings.');
      t.timestamp('created_at').notNullable();
      t.timestamp('updated_at').notNullable();
    },
  });
  m.grantSystem('core_platform', ['select']);
  m.grantDirectory('core_platform');

  m.rootTable('merchant', 'core_merchant', {
    comment: 'A client company; owns stores on one or more platforms.',
    allow: ['select', 'insert', 'update'],
    columns: (t) => {
      t.text('legal_name').notNullable().comment('As on its invoices.');
      t.text('display_name').notNullable().comment('As people call it.');
      t.text('country').notNullable().comment('ISO 3166-1, two upper-case letters.');
      t.jsonb('address').notNullable().defaultTo('{}').comment('line1, line2, postalCode, city.');
      t.text('vat_id').comment('With the country’s prefix; null: has none.');
      t.text('email').notNullable().comment('Where the provider writes to.');
      t.text('phone').comment('As people dial it; null: none known.');
      t.timestamp('created_at').notNullable();
      t.timestamp('updated_at').notNullable();
    },
  });
  m.grantSystem('core_merchant', ['select']);
  m.grantDirectory('core_merchant');

  m.merchantTable('core_merchant_platform', {
    comment: 'A merchant that is a client of a platform.',
    key: ['platform_id'],
    allow: ['select', 'insert', 'update'],
    indexesAcrossTenants: [
      { columns: ['platform_id', 'merchant_id'], why: 'administrators list the clients of a platform' },
    ],
    references: [
      { columns: ['merchant_id'], table: 'core_merchant', of: 'root' },
      { columns: ['platform_id'], table: 'core_platform', of: 'root' },
    ],
    columns: (t) => {
      t.uuid('platform_id').notNullable();
      t.text('tier_code').comment('Its tier there; null: the host’s default tier, else everything.');
      t.timestamp('joined_at').notNullable().comment('When it became a client.');
    },
  });
  m.grantSystem('core_merchant_platform', ['select']);
  m.grantDirectory('core_merchant_platform');

  m.merchantTable('core_store', {
    comment: 'One shop of a merchant.',
    allow: ['select', 'insert', 'update'],
    uniqueAcrossTenants: [{ columns: ['code'], why: 'a code names a store in addresses' }],
    indexesAcrossTenants: [{ columns: ['id'], why: 'jobs and API addresses name a store by its id alone' }],
    references: [{ columns: ['merchant_id'], table: 'core_merchant', of: 'root' }],
    columns: (t) => {
      t.text('code')
        .notNullable()
        .comment('Part of addresses; at most 50 of a-z, 0-9 and hyphens; never changes.');
      t.text('name').notNullable().comment('For people.');
      t.text('status').notNullable().comment('active, suspended (503, staff may sign in) or inactive (404).');
      t.text('status_reason').comment('Why it is suspended; shown to its staff.');
      t.text('default_language').notNullable().comment('The language without a prefix.');
      t.specificType('languages', 'text[]')
        .notNullable()
        .comment('Supported languages, the default among them.');
      t.jsonb('theme').comment('Checked by the theme schema; null: the theme of the platform.');
      t.jsonb('settings').notNullable().defaultTo('{}').comment('Free facts of the store.');
      t.timestamp('created_at').notNullable();
      t.timestamp('updated_at').notNullable();
    },
  });
  m.sql(
    "alter table core_store add constraint core_store_status check (status in ('active', 'suspended', 'inactive'))",
  );
  m.sql(`create policy core_store_same_store on core_store as restrictive for all to app_serve
    using (nullif(current_setting('app.store_id', true), '') is null or id = nullif(current_setting('app.store_id', true), '')::uuid)
    with check (nullif(current_setting('app.store_id', true), '') is null or id = nullif(current_setting('app.store_id', true), '')::uuid)`);
  m.grantSystem('core_store', ['select']);
  m.grantDirectory('core_store');

  m.storeTable('core_store_platform', {
    comment: 'A store that is on a platform.',
    key: ['platform_id'],
    allow: ['select', 'insert', 'update'],
    uniqueAcrossTenants: [{ columns: ['platform_id', 'subdomain'], why: 'a subdomain leads to one store' }],
    references: [
      { columns: ['store_id'], table: 'core_store', of: 'merchant' },
      { columns: ['platform_id'], table: 'core_merchant_platform', target: ['platform_id'], of: 'merchant' },
    ],
    columns: (t) => {
      t.uuid('platform_id').notNullable();
      t.text('subdomain').notNullable().comment('First label of its host name on this platform.');
      t.boolean('is_active')
        .notNullable()
        .defaultTo(true)
        .comment('False: it has left; its addresses there answer 404.');
      t.boolean('is_primary').notNullable().comment('The platform that addresses without one lead to.');
      t.jsonb('settings').notNullable().defaultTo('{}').comment('Free facts of the store on this platform.');
      t.timestamp('joined_at').notNullable().comment('When it came there first.');
    },
  });
  m.sql(
    'create unique index core_store_platform_one_primary on core_store_platform (merchant_id, store_id) where is_primary',
  );
  m.grantSystem('core_store_platform', ['select']);
  m.grantDirectory('core_store_platform');
});

import { defineMigration } from '../../database/migration.js';

/** Custom domains of stores, and who they are at outside marketplaces. */
export const domainsMigration = defineMigration('20261119_tenancy_domains', (m) => {
  m.storeTable('core_store_domain', {
    comment: 'A domain of a store’s own, for one of its platforms.',
    allow: ['select', 'insert', 'update'],
    uniqueAcrossTenants: [
      { columns: ['domain'], why: 'a domain that is served has one owner', where: "status = 'active'" },
    ],
    references: [
      { columns: ['store_id'], table: 'core_store', of: 'merchant' },
      { columns: ['platform_id'], table: 'core_store_platform', target: ['platform_id'] },
    ],
    columns: (t) => {
      t.uuid('platform_id').notNullable();
      t.text('domain').notNullable().comment('Lower case, punycode.');
      t.text('status')
        .notNullable()
        .comment('verifying, active, failing (was looked for in vain) or released.');
      t.text('token').notNullable().comment('What the TXT record must hold.');
      t.boolean('is_primary')
        .notNullable()
        .defaultTo(false)
        .comment('The domain that canonical addresses take.');
      t.text('failure').comment('Why the last look failed, for people.');
      t.timestamp('grace_until').comment('Served until then although the tier no longer includes domains.');
      t.timestamp('added_at').notNullable().comment('When the store asked for it.');
      t.timestamp('verified_at').comment('When the token was last found; null: never.');
      t.timestamp('checked_at').comment('Last look at the TXT record.');
      t.timestamp('released_at').comment('When it was given up; null: it is held.');
    },
  });
  m.sql(
    "alter table core_store_domain add constraint core_store_domain_status check (status in ('verifying', 'active', 'failing', 'released'))",
  );
  m.sql(
    "alter table core_store_domain add constraint core_store_domain_primary check (not is_primary or status = 'active')",
  );
  m.sql(
    "create unique index core_store_domain_once on core_store_domain (merchant_id, store_id, domain) where status <> 'released'",
  );
  m.sql(
    'create unique index core_store_domain_one_primary on core_store_domain (merchant_id, store_id, platform_id) where is_primary',
  );
  m.grantSystem('core_store_domain', ['select']);
  m.grantDirectory('core_store_domain');

  m.storeTable('core_store_external_identity', {
    comment: 'Who a store is at an outside marketplace.',
    uniqueAcrossTenants: [
      { columns: ['provider', 'external_id'], why: 'an identity outside belongs to one store here' },
    ],
    references: [{ columns: ['store_id'], table: 'core_store', of: 'merchant' }],
    columns: (t) => {
      t.text('provider').notNullable().comment('Code of the marketplace, such as letzshop.');
      t.text('external_id').notNullable().comment('The marketplace’s id of the store.');
      t.text('slug').comment('Its address there.');
      t.text('name').comment('Its name there.');
      t.timestamp('claimed_at').notNullable().comment('When the store said that it is this one.');
      t.jsonb('proof').comment('How the claim was proved.');
    },
  });
  m.grantDirectory('core_store_external_identity');
});

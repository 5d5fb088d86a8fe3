import { defineMigration } from '../database/migration.js';

export const tenancyStandIn = [defineMigration('20261120_tenancy', (m) => {
  m.rootTable('platform', 'core_platform', {
    comment: 'x', columns: (t) => { t.text('code').notNullable().unique(); t.text('name').notNullable(); t.text('host'); },
  });
  m.rootTable('merchant', 'core_merchant', { comment: 'x', columns: (t) => { t.text('legal_name').notNullable(); t.text('display_name').notNullable(); } });
  m.grantSystem('core_merchant', ['select']);
  m.merchantTable('core_merchant_platform', {
    comment: 'x', key: ['platform_id'], columns: (t) => { t.uuid('platform_id').notNullable(); t.text('tier_code'); t.timestamp('joined_at').notNullable(); },
  });
  m.merchantTable('core_store', {
    comment: 'x', columns: (t) => { t.text('code').notNullable().unique(); t.text('name').notNullable(); t.text('status').notNullable(); },
  });
  m.grantSystem('core_store', ['select']);
  m.storeTable('core_store_platform', {
    comment: 'x', key: ['platform_id'],
    columns: (t) => { t.uuid('platform_id').notNullable(); t.text('subdomain').notNullable(); t.boolean('is_active').notNullable(); t.boolean('is_primary').notNullable(); t.timestamp('joined_at').notNullable(); },
  });
  m.grantSystem('core_store_platform', ['select']);
})];

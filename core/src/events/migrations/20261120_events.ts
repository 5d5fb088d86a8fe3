import { defineMigration } from '../../database/migration.js';

/** The outbox: facts, written in the transaction in which they happened. */
export const eventsMigration = defineMigration('20261120_events', (m) => {
  m.systemTable('core_outbox', {
    comment: 'Events as they were raised: written once with the change they tell of, removed after 30 days.',
    columns: (table) => {
      table.uuid('id').primary().comment('Id of the event; version 7, so in order of time.');
      table.uuid('platform_id').notNullable().comment('Platform it happened on.');
      table.uuid('merchant_id').comment('Merchant it happened to; null where none.');
      table.uuid('store_id').comment('Store it happened in; null where none.');
      table.text('name').notNullable().comment('plugin.noun.past.');
      table.integer('version').notNullable().comment('Version of the payload.');
      table.jsonb('payload').notNullable().comment('What happened, as the schema of that version says.');
      table.text('language').comment('Language of the operation that raised it.');
      table.timestamp('occurred_at').notNullable().comment('Time of the operation that raised it.');
      table.index(['platform_id', 'occurred_at']);
    },
  });
  // A tenant's transaction may add facts of its own tenant and read none.
  m.sql('GRANT INSERT ON core_outbox TO app_serve');
  m.sql(`
    CREATE POLICY core_outbox_own_tenant ON core_outbox FOR INSERT TO app_serve WITH CHECK (
      platform_id = nullif(current_setting('app.platform_id', true), '')::uuid
      AND merchant_id IS NOT DISTINCT FROM nullif(current_setting('app.merchant_id', true), '')::uuid
      AND store_id IS NOT DISTINCT FROM nullif(current_setting('app.store_id', true), '')::uuid)`);
});

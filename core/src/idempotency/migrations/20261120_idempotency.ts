import { defineMigration } from '../../database/migration.js';

/** Keys under which clients may repeat a request, with the first answer. */
export const idempotencyMigration = defineMigration('20261120_idempotency', (m) => {
  m.systemTable('core_idempotency_key', {
    comment:
      'Idempotency-Keys: claimed before the request runs, then kept with its answer for at least 24 hours.',
    columns: (table) => {
      table
        .text('tenant')
        .notNullable()
        .comment('Ids of platform, merchant and store, joined by colons; - for none.');
      table.text('actor').notNullable().comment('Who sent the request.');
      table.text('route').notNullable().comment('Method and path pattern.');
      table.text('key').notNullable().comment('Value of the header.');
      table.text('body_hash').notNullable().comment('Hash of what was asked.');
      table.uuid('claim').notNullable().unique().comment('Names the request that holds or held the key.');
      table.timestamp('claimed_at').notNullable().comment('When that request took it.');
      table
        .timestamp('lease_until')
        .notNullable()
        .comment('From when the key of an unfinished request may be taken again.');
      table.timestamp('expires_at').notNullable().index().comment('From when the row may be removed.');
      table.integer('status').comment('HTTP status of the answer; null while the request runs.');
      table.jsonb('headers').comment('Headers of the answer that a repetition carries too.');
      table.binary('body').comment('Body of the answer.');
      table.primary(['tenant', 'actor', 'route', 'key']);
    },
  });
});

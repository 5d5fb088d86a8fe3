import { defineMigration } from '@wizamart/core';

/** Who is who at Stripe, what Stripe has told, how both sides compare, and the state of the local server. */
export const stripeTables = defineMigration('20261122_billing_stripe', (m) => {
  m.merchantTable('billing_stripe_customer', {
    comment: 'Which customer of Stripe’s a merchant is on a platform.',
    key: ['platform_id', 'account'],
    allow: ['select', 'insert', 'update'],
    indexesAcrossTenants: [
      { columns: ['platform_id', 'account', 'customer_id'], why: 'a webhook names the customer' },
    ],
    columns: (t) => {
      t.uuid('platform_id').notNullable().comment('The platform whose account it is.');
      t.text('account').notNullable().comment('live, test or local.');
      t.text('customer_id').notNullable().comment('Stripe’s.');
      t.text('told').notNullable().comment('JSON of what Stripe was told last of the merchant.');
      t.timestamp('created_at').notNullable();
    },
  });
  m.grantSystem('billing_stripe_customer', ['select']);
  m.platformTable('billing_webhook_event', {
    comment: 'Inbox: what a payment provider has told, each event once.',
    unique: [['provider', 'account', 'event_id']],
    indexes: [['received_at'], ['status', 'received_at']],
    columns: (t) => {
      t.text('provider').notNullable().comment('stripe.');
      t.text('account').notNullable().comment('live, test or local; with Connect the account’s id.');
      t.text('event_id').notNullable().comment('The provider’s.');
      t.text('type').notNullable().comment('For example invoice.paid.');
      t.jsonb('payload').notNullable().comment('The event as it came.');
      t.text('status')
        .notNullable()
        .comment('received, processed, ignored (nobody’s business), dead (all attempts failed).');
      t.integer('attempts').notNullable().defaultTo(0).comment('How often processing failed.');
      t.text('reason').comment('Why it failed last, or was ignored.');
      t.uuid('merchant_id').comment('Whom it is about; null: nobody we know, or not processed yet.');
      t.timestamp('occurred_at').notNullable().comment('By the provider’s clock, in whole seconds.');
      t.timestamp('received_at').notNullable();
      t.timestamp('processed_at').comment('Null until it is processed or ignored.');
      t.check("status in ('received', 'processed', 'ignored', 'dead')", [], 'billing_webhook_event_status');
    },
  });
  m.platformTable('billing_webhook_effect', {
    comment:
      'What processing an event has brought about, in the transaction that did it: so that it happens once.',
    key: ['event_id', 'effect'],
    references: [{ columns: ['event_id'], table: 'billing_webhook_event', onDelete: 'cascade' }],
    columns: (t) => {
      t.uuid('event_id').notNullable().comment('Row of the inbox.');
      t.text('effect').notNullable().comment('Who did what, for example subscriptions.sync.');
      t.timestamp('happened_at').notNullable();
    },
  });
  m.platformTable('billing_stripe_report', {
    comment: 'A comparison of our side with Stripe’s: what differed, what was mended.',
    allow: ['select', 'insert'],
    indexes: [['started_at']],
    columns: (t) => {
      t.text('account').notNullable().comment('live, test or local.');
      t.timestamp('started_at').notNullable();
      t.timestamp('finished_at').notNullable();
      t.integer('subscriptions').notNullable().comment('How many were compared.');
      t.integer('invoices').notNullable().comment('How many were compared.');
      t.integer('missed_events').notNullable().comment('Events that had not arrived, and were taken in.');
      t.jsonb('differences').notNullable().comment('What differed, as a list.');
    },
  });
  m.systemTable('billing_local_stripe_object', {
    comment: 'State of the local Stripe server of development and tests; empty where Stripe itself is used.',
    columns: (t) => {
      t.text('account').notNullable().comment('One per platform.');
      t.text('kind').notNullable().comment('customer, invoice, …');
      t.text('id').notNullable().comment('As Stripe’s ids look.');
      t.bigInteger('revision').notNullable().comment('Rises with every request that writes.');
      t.jsonb('data').comment('The object; null: it was deleted.');
      t.primary(['account', 'kind', 'id']);
      t.index(['revision'], 'billing_local_stripe_object_revision');
    },
    allow: ['select', 'insert', 'update'],
  });
});

const PLATFORM = "platform_id = nullif(current_setting('app.platform_id', true), '')::uuid";
const PROVIDER = "current_setting('app.access', true) in ('admin', 'system')";

/** A merchant's customer is its platform's business, and written by the provider only. */
export const stripeRules = defineMigration('20261122_billing_stripe_rules', (m) => {
  m.sql(
    `create policy billing_stripe_customer_same_platform on billing_stripe_customer as restrictive for all to app_serve using (${PLATFORM}) with check (${PLATFORM})`,
  );
  m.sql(
    `create policy billing_stripe_customer_given on billing_stripe_customer as restrictive for insert to app_serve with check (${PROVIDER})`,
  );
  m.sql(
    `create policy billing_stripe_customer_changed on billing_stripe_customer as restrictive for update to app_serve using (${PROVIDER}) with check (${PROVIDER})`,
  );
  for (const [column, comment] of Object.entries({
    'billing_stripe_report.started_at': 'The time of the comparison: what came later is not in it.',
    'billing_stripe_report.finished_at': 'By the clock of the job that compared.',
    'billing_webhook_effect.happened_at': 'When the event was processed, not when it occurred.',
    'billing_webhook_event.received_at': 'When it first came; later deliveries change nothing.',
  }))
    m.sql(`comment on column ${column} is '${comment}'`);
});

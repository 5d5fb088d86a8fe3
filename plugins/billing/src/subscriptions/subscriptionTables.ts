import { defineMigration, type MigrationBuilder } from '@wizamart/core';

const own = (setting: 'platform' | 'merchant'): string =>
  `${setting}_id = nullif(current_setting('app.${setting}_id', true), '')::uuid`;
const PROVIDER = "current_setting('app.access', true) in ('admin', 'system')";

/** A merchant sees its rows of the platform it is on, and no others. */
function samePlatform(m: MigrationBuilder, table: string): void {
  m.sql(
    `create policy ${table}_same_platform on ${table} as restrictive for all to app_serve using (${own('platform')}) with check (${own('platform')})`,
  );
}

/** A merchant may read what it has, but not give itself more. */
function onlyProvider(m: MigrationBuilder, table: string, what: readonly ('insert' | 'update')[]): void {
  if (what.includes('insert'))
    m.sql(
      `create policy ${table}_given on ${table} as restrictive for insert to app_serve with check (${PROVIDER})`,
    );
  if (what.includes('update'))
    m.sql(
      `create policy ${table}_changed on ${table} as restrictive for update to app_serve using (${PROVIDER}) with check (${PROVIDER})`,
    );
}

const LIVE = "status in ('trialing', 'active', 'past_due', 'paused')";

/** Who has bought what, and what was asked for and is not done yet. */
export const subscriptionTables = defineMigration('20261122_billing_subscription', (m) => {
  m.merchantTable('billing_subscription', {
    comment:
      'What a merchant has bought on a platform: a tier for a period that renews itself. At most one is live.',
    allow: ['select', 'insert', 'update'],
    indexes: [['platform_id', 'created_at']],
    indexesAcrossTenants: [
      {
        columns: ['platform_id', 'status', 'period_end'],
        why: 'jobs and administrators go through the subscriptions of a platform',
      },
    ],
    uniqueAcrossTenants: [
      {
        columns: ['stripe_subscription_id'],
        why: 'what Stripe tells belongs to one subscription',
        where: 'stripe_subscription_id is not null',
      },
    ],
    references: [
      { columns: ['platform_id'], table: 'core_merchant_platform', target: ['platform_id'] },
      { columns: ['version_id'], table: 'billing_product_version', of: 'platform' },
      { columns: ['pending_version_id'], table: 'billing_product_version', of: 'platform' },
    ],
    columns: (t) => {
      t.uuid('platform_id').notNullable();
      t.text('status')
        .notNullable()
        .comment('trialing, active, past_due, paused; ended: cancelled, expired.');
      t.uuid('version_id').notNullable().comment('The version of the tier that was bought.');
      t.text('interval').notNullable().comment('month or year: how long a period is.');
      t.text('collection').notNullable().comment('stripe: paid by card; none: nothing is collected.');
      t.timestamp('anchor_at').notNullable().comment('Periods are counted from here.');
      t.timestamp('period_start').notNullable();
      t.timestamp('period_end').notNullable().comment('Does not belong to the period.');
      t.timestamp('trial_ends_at').comment('Null: no trial, or it is over for good.');
      t.boolean('cancel_at_period_end').notNullable().defaultTo(false);
      t.uuid('pending_version_id').comment('The tier from the next period on; null: the same.');
      t.text('pending_interval').comment('The interval from the next period on; null: the same.');
      t.text('stripe_subscription_id');
      t.text('card_brand');
      t.text('card_last4');
      t.integer('card_exp_month').comment('1 to 12.');
      t.integer('card_exp_year');
      t.text('card_notice').comment('Month (yyyy-mm) of the card’s end that was told of last.');
      t.timestamp('past_due_since').comment('Null unless a payment is due.');
      t.integer('dunning_step')
        .notNullable()
        .defaultTo(0)
        .comment('How many reminders of a payment that is due were sent.');
      t.integer('trial_step')
        .notNullable()
        .defaultTo(0)
        .comment('How many reminders of the end of the trial were sent.');
      t.timestamp('paused_at').comment('Null unless paused.');
      t.bigInteger('paused_left_ms').comment('Paid time that was left when it was paused, in milliseconds.');
      t.timestamp('usage_since')
        .notNullable()
        .comment('Start of the month in which limits per month are counted.');
      t.timestamp('ended_at').comment('Null while it is live.');
      t.text('end_reason').comment('Why it ended or is to end, in the merchant’s words or ours.');
      t.timestamp('created_at').notNullable();
      t.timestamp('updated_at').notNullable();
      t.check(
        "status in ('trialing', 'active', 'past_due', 'paused', 'cancelled', 'expired')",
        [],
        'billing_subscription_status',
      );
      t.check('period_start < period_end', [], 'billing_subscription_period');
    },
  });
  m.sql(
    `create unique index billing_subscription_one_live on billing_subscription (merchant_id, platform_id) where ${LIVE}`,
  );
  samePlatform(m, 'billing_subscription');
  onlyProvider(m, 'billing_subscription', ['insert', 'update']);
  m.grantDirectory('billing_subscription');

  m.merchantTable('billing_subscription_add_on', {
    comment: 'An add-on that a merchant has bought beside its tier; kept when it has ended.',
    allow: ['select', 'insert', 'update'],
    indexes: [['subscription_id']],
    references: [
      { columns: ['subscription_id'], table: 'billing_subscription' },
      { columns: ['version_id'], table: 'billing_product_version', of: 'platform' },
    ],
    columns: (t) => {
      t.uuid('platform_id').notNullable();
      t.uuid('subscription_id').notNullable();
      t.uuid('version_id').notNullable().comment('The version of the add-on that was bought.');
      t.text('code').notNullable().comment('Of the add-on.');
      t.integer('quantity').notNullable().comment('Pieces; at least 1.');
      t.timestamp('started_at').notNullable();
      t.timestamp('ends_at').comment('Cancelled: what it gives ends then. Null: renews itself.');
      t.timestamp('ended_at').comment('Null while it counts.');
      t.check('quantity > 0', [], 'billing_subscription_add_on_quantity');
    },
  });
  m.sql(
    'create unique index billing_subscription_add_on_one on billing_subscription_add_on (merchant_id, subscription_id, code) where ended_at is null',
  );
  samePlatform(m, 'billing_subscription_add_on');
  onlyProvider(m, 'billing_subscription_add_on', ['insert', 'update']);
  m.grantDirectory('billing_subscription_add_on');

  m.merchantTable('billing_operation', {
    comment:
      'A change of a subscription that somebody asked for: written before anything is done, so that it is done to its end.',
    allow: ['select', 'insert', 'update'],
    indexes: [['platform_id', 'requested_at']],
    indexesAcrossTenants: [
      { columns: ['platform_id', 'status', 'requested_at'], why: 'a job finishes what was interrupted' },
    ],
    columns: (t) => {
      t.uuid('platform_id').notNullable();
      t.uuid('subscription_id').comment('Null: a subscription is to be made, with the id of the operation.');
      t.text('kind').notNullable().comment('What is to be done, for example change_now.');
      t.jsonb('payload').notNullable().comment('With what.');
      t.text('status').notNullable().comment('open, awaiting (the bank’s confirmation), done, failed.');
      t.text('confirm_url').comment('Where the payment is confirmed, while it is awaited.');
      t.text('failure').comment('Code of the error it ended with.');
      t.text('requested_by').notNullable().comment('Who asked for it.');
      t.timestamp('requested_at').notNullable();
      t.timestamp('finished_at').comment('Null until it is done or has failed.');
      t.check("status in ('open', 'awaiting', 'done', 'failed')", [], 'billing_operation_status');
    },
  });
  m.sql(
    "create unique index billing_operation_one_open on billing_operation (merchant_id, platform_id) where status in ('open', 'awaiting')",
  );
  samePlatform(m, 'billing_operation');
  onlyProvider(m, 'billing_operation', ['update']);
  m.grantDirectory('billing_operation');
});

import { defineMigration } from '@wizamart/core';

/** What a platform sells: tiers and add-ons, and every version of them that was ever sold. */
export const catalogueTables = defineMigration('20261122_billing_catalogue', (m) => {
  m.platformTable('billing_product', {
    comment: 'A tier or add-on as the platform offers it.',
    key: ['kind', 'code'],
    columns: (t) => {
      t.text('kind').notNullable().comment('tier or add_on.');
      t.text('code').notNullable().comment('Of the tier, or of the add-on.');
      t.integer('position').notNullable().comment('Ascending order on pricing pages.');
      t.boolean('is_public')
        .notNullable()
        .comment('Shown on pricing pages; false: sold by administrators only.');
      t.integer('version').notNullable().comment('The version that is sold now.');
      t.timestamp('archived_at').comment('Sold to nobody since then; who has it keeps it. Null: sold.');
      t.timestamp('updated_at').notNullable();
    },
  });
  m.platformTable('billing_product_version', {
    comment: 'What a tier or add-on was when it was sold; never changed or deleted.',
    allow: ['select', 'insert'],
    unique: [['kind', 'code', 'version']],
    columns: (t) => {
      t.text('kind').notNullable().comment('tier or add_on.');
      t.text('code').notNullable().comment('Of the product.');
      t.integer('version').notNullable().comment('Counts from 1 per product.');
      t.text('name').notNullable().comment('For people and invoices.');
      t.text('description').notNullable().comment('One sentence; may be empty.');
      t.specificType('features', 'text[]').notNullable().comment('All that it gives.');
      t.jsonb('limits')
        .notNullable()
        .comment(
          'Of a tier: limit code → number, left out is unlimited. Of an add-on: what each piece adds.',
        );
      t.text('currency').notNullable().comment('ISO 4217.');
      t.bigInteger('monthly_minor').comment(
        'Net price of a month in minor units; null: not sold by the month.',
      );
      t.bigInteger('yearly_minor').comment('Net price of a year in minor units; null: not sold by the year.');
      t.integer('max_quantity').notNullable().comment('How many pieces one merchant may have; 1 for tiers.');
      t.timestamp('created_at').notNullable();
    },
  });
  m.grantDirectory('billing_product_version');
  m.platformTable('billing_stripe_price', {
    comment: 'Which version and interval a price at Stripe stands for.',
    key: ['price_id'],
    allow: ['select', 'insert'],
    references: [{ columns: ['version_id'], table: 'billing_product_version' }],
    columns: (t) => {
      t.text('price_id').notNullable().comment('Stripe’s.');
      t.uuid('version_id').notNullable();
      t.text('interval').notNullable().comment('month or year.');
    },
  });
});

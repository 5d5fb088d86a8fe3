import { defineMigration } from '@wizamart/core';

/** What was allowed and used on a day, per platform. */
export const capacityTables = defineMigration('20261122_billing_capacity', (m) => {
  m.platformTable('billing_capacity_snapshot', {
    comment: 'What subscriptions allow beside what is used, one per business day in Luxembourg.',
    unique: [['day']],
    allow: ['select', 'insert', 'update'],
    columns: (t) => {
      t.date('day').notNullable().comment('The day in Luxembourg on which it was measured.');
      t.timestamp('captured_at').notNullable();
      t.integer('subscriptions').notNullable().comment('Of those that give what was bought.');
      t.jsonb('tiers').notNullable().comment('How many of them have which tier.');
      t.jsonb('limits').notNullable().comment('Per limit: allowed, used, without bounds, beyond.');
    },
  });
});

/** What the column says that its type cannot. */
export const capacityComments = defineMigration('20261122_billing_capacity_comments', (m) => {
  m.sql(
    "comment on column billing_capacity_snapshot.captured_at is 'When it was measured; an administrator may measure a day anew.'",
  );
});

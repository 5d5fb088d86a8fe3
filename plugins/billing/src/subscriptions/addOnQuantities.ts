import { defineMigration } from '@wizamart/core';

/** Fewer pieces of an add-on wait for the end of what is paid. */
export const addOnQuantities = defineMigration('20261122_billing_subscription_pending_quantity', (m) => {
  m.sql('alter table billing_subscription_add_on add column pending_quantity integer');
  m.sql(
    "comment on column billing_subscription_add_on.pending_quantity is 'Pieces from the next period on, fewer than now; null: the same.'",
  );
  m.sql(
    'alter table billing_subscription_add_on add constraint billing_subscription_add_on_pending check (pending_quantity > 0)',
  );
});

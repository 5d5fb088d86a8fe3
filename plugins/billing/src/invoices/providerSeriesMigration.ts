import { defineMigration } from '@wizamart/core';

const INDEXES = [
  ['billing_provider_seller_series_key', 'series'],
  ['billing_provider_seller_credit_series_key', 'credit_series'],
] as const;

/** One legal entity that sells on two platforms: its series differ, or two of its invoices would have one number. */
export const providerSeries = defineMigration('20261122_billing_provider_series', (m) => {
  for (const [name, column] of INDEXES) {
    m.sql(
      `create unique index ${name} on billing_provider_seller ((coalesce(details->>'vatId', details->>'taxNumber')), ${column})`,
    );
    m.sql(
      `comment on index ${name} is 'across tenants: a legal entity numbers its invoices of each platform in a series of its own.'`,
    );
  }
});

export const providerSeriesReason = defineMigration('20261122_billing_provider_series_reason', (m) => {
  for (const [name] of INDEXES)
    m.sql(
      `comment on index ${name} is 'Across tenants: a legal entity numbers its invoices of each platform in a series of its own.'`,
    );
});

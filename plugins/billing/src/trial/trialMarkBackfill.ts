import { defineMigration } from '@wizamart/core';

const hashOf = (value: string): string =>
  `sha256(convert_to(regexp_replace(${value}, '\\s', '', 'g'), 'UTF8'))`;

/** A trial that is over leaves no date behind, but its line in the trail. */
const HAD_TRIAL = `(s.trial_ends_at is not null or exists (
  select from core_audit_merchant a where a.merchant_id = s.merchant_id and a.platform_id = s.platform_id
    and a.action = 'billing.subscription.started' and a.subject_id = s.id::text and a.change_to ->> 'status' = 'trialing'))`;

/** Merchants that had a trial, by what their people are known by. Their cards only Stripe knows. */
const MARKS = `
  select s.platform_id, 'person' as kind, ${hashOf('o.user_id::text')} as hash, s.merchant_id, s.created_at
  from billing_subscription s join core_merchant_owner o on o.merchant_id = s.merchant_id
  where ${HAD_TRIAL}
  union all
  select s.platform_id, 'vat', ${hashOf('m.vat_id')}, s.merchant_id, s.created_at
  from billing_subscription s join core_merchant m on m.id = s.merchant_id
  where ${HAD_TRIAL} and m.vat_id is not null`;

/** Trials that began before they were remembered are remembered too. */
export const trialMarkBackfill = defineMigration('20261122_billing_trial_mark_backfill', (m) => {
  m.data(
    [
      'billing_trial_mark',
      'billing_subscription',
      'core_merchant_owner',
      'core_merchant',
      'core_audit_merchant',
    ],
    `insert into billing_trial_mark (id, platform_id, kind, hash, merchant_id, created_at)
     select gen_random_uuid(), platform_id, kind, hash, merchant_id, created_at
     from (select distinct on (platform_id, kind, hash) * from (${MARKS}) mark order by platform_id, kind, hash, created_at) earliest
     on conflict do nothing`,
  );
});

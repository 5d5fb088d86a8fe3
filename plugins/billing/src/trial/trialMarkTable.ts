import { defineMigration } from '@wizamart/core';

const onlyProvider = "current_setting('app.access', true) in ('admin', 'system')";

/** Who has had a trial, so that there is no second one. */
export const trialMarkTable = defineMigration('20261122_billing_trial_mark', (m) => {
  m.platformTable('billing_trial_mark', {
    comment: 'By what somebody is known who has had a trial on the platform, as hashes; kept for good.',
    unique: [['kind', 'hash']],
    allow: ['select', 'insert'],
    columns: (t) => {
      t.text('kind').notNullable().comment('person, vat, card, or refused: a merchant that was given none.');
      t.binary('hash')
        .notNullable()
        .comment('SHA-256 of the account’s id, VAT id, card’s fingerprint or merchant’s id.');
      t.uuid('merchant_id').notNullable().comment('Whose trial it was, or was not given.');
      t.timestamp('created_at').notNullable();
      t.check("kind in ('person', 'vat', 'card', 'refused')", [], 'billing_trial_mark_kind');
    },
  });
  m.sql(
    `create policy billing_trial_mark_provider on billing_trial_mark as restrictive for all to app_serve using (${onlyProvider}) with check (${onlyProvider})`,
  );
  m.sql('alter table billing_sign_up add column trial_refused boolean not null default false');
  m.sql(
    "comment on column billing_sign_up.trial_refused is 'True: the card had a trial before, and the person was told so.'",
  );
});

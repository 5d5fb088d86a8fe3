import { defineMigration } from '@wizamart/core';

const onlySystem = "current_setting('app.access', true) = 'system'";

/** Sign-ups on their way. */
export const signUpTable = defineMigration('20261122_billing_sign_up', (m) => {
  m.platformTable('billing_sign_up', {
    comment: 'A sign-up on its way to a store; personal data goes when it is done or expired.',
    unique: [['token_hash'], ['mail_hash'], ['merchant_id']],
    indexes: [['status', 'expires_at']],
    columns: (t) => {
      t.binary('token_hash').comment(
        'SHA-256 of the token in the address of its pages; null: given up for the mailed one.',
      );
      t.binary('mail_hash').comment('SHA-256 of the token in the link that was mailed last; null: none was.');
      t.text('status')
        .notNullable()
        .comment('open, opened (merchant and store are there, the card may not be), done.');
      t.text('language').notNullable().comment('Of mails, and of the account that is made.');
      t.text('tier').notNullable().comment('Code of the tier that was chosen.');
      t.text('interval').notNullable().comment('month or year.');
      t.jsonb('shop').comment('Shop at a marketplace that was claimed, with how it was proved.');
      t.jsonb('business').comment('Legal name, address, VAT id and what VIES said.');
      t.jsonb('account').comment(
        'Name, address and hashed password of the owner, name and address of the store.',
      );
      t.timestamp('confirmed_at').comment('When the e-mail address was proved; null: not yet.');
      t.text('code_seal').comment('Keyed hash of the code that was mailed last; null: none counts.');
      t.timestamp('code_sent_at');
      t.integer('code_tries').notNullable().defaultTo(0).comment('Wrong tries at that code.');
      t.specificType('setup_intents', 'text[]')
        .notNullable()
        .defaultTo('{}')
        .comment('Stripe’s: cards that were begun, latest last.');
      t.text('setup_intent_id').comment('The one that was taken; null: without a card.');
      t.uuid('merchant_id')
        .notNullable()
        .comment('Id that the merchant gets or has; chosen first, so that there is one.');
      t.uuid('store_id').notNullable().comment('Likewise of the store.');
      t.uuid('owner_id')
        .notNullable()
        .comment('Account of the owner; until it is opened the id of one that may be made.');
      t.boolean('may_sign_in')
        .notNullable()
        .defaultTo(false)
        .comment(
          'Whether finishing signs the owner in: not where only the mailbox of an account was proved.',
        );
      t.timestamp('created_at').notNullable();
      t.timestamp('updated_at').notNullable();
      t.timestamp('expires_at').notNullable();
      t.timestamp('done_at').comment('Null until it is done.');
      t.check("status in ('open', 'opened', 'done')", [], 'billing_sign_up_status');
      t.check("\"interval\" in ('month', 'year')", [], 'billing_sign_up_interval');
    },
  });
  // Names, addresses and hashed passwords of people who are nobody's yet: no session reads them, only the system.
  m.sql(
    `create policy billing_sign_up_system on billing_sign_up as restrictive for all to app_serve using (${onlySystem}) with check (${onlySystem})`,
  );
});

const administers = "current_setting('app.access', true) in ('admin', 'system')";

/** Administrators of the platform answer for what is kept there: they may look, visitors and staff of stores may not. */
export const signUpReaders = defineMigration('20261122_billing_sign_up_readers', (m) => {
  m.sql('drop policy billing_sign_up_system on billing_sign_up');
  m.sql(
    `create policy billing_sign_up_readers on billing_sign_up as restrictive for all to app_serve using (${administers}) with check (${administers})`,
  );
});

/** How many codes an address was mailed on a day: it may not be flooded in the platform's name. */
export const signUpCodes = defineMigration('20261122_billing_sign_up_code_count', (m) => {
  m.platformTable('billing_sign_up_code_count', {
    comment: 'Codes of sign-ups that an e-mail address was sent on a day; goes after two days.',
    unique: [['address_hash', 'day']],
    columns: (t) => {
      t.binary('address_hash').notNullable().comment('SHA-256 of the address.');
      t.date('day').notNullable().comment('The day in UTC.');
      t.integer('codes').notNullable().comment('How many were sent; at least 1.');
    },
  });
  m.sql(
    `create policy billing_sign_up_code_count_readers on billing_sign_up_code_count as restrictive for all to app_serve using (${administers}) with check (${administers})`,
  );
});

/** What the names of its columns do not say; the store's id is only noted: there is no store yet. */
export const signUpComments = defineMigration('20261122_billing_sign_up_comments', (m) => {
  m.sql('alter table billing_sign_up alter column store_id drop not null');
  m.sql(
    "comment on column billing_sign_up.code_sent_at is 'When the code was mailed that counts; null: none was yet.'",
  );
  m.sql(
    "comment on column billing_sign_up.expires_at is 'From then on it is not found any more, and is deleted unless it was opened.'",
  );
});

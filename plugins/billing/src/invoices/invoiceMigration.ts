import { defineMigration, type TenantTable } from '@wizamart/core';

type Columns = Parameters<TenantTable['columns']>[0];

/** Rows with a platform are the provider's: seen on that platform only, written by the system and administrators. */
const PROVIDER_ROW = "platform_id = nullif(current_setting('app.platform_id', true), '')::uuid";
const ACTS_FOR_PROVIDER = `${PROVIDER_ROW} and current_setting('app.access', true) in ('admin', 'system')`;

const providerPolicies = (table: string): string[] => [
  `create policy ${table}_issuer_select on ${table} as restrictive for select to app_serve
   using (platform_id is null or ${PROVIDER_ROW})`,
  `create policy ${table}_issuer_insert on ${table} as restrictive for insert to app_serve
   with check (platform_id is null or (${ACTS_FOR_PROVIDER}))`,
  `create policy ${table}_issuer_update on ${table} as restrictive for update to app_serve
   using (platform_id is null or (${ACTS_FOR_PROVIDER})) with check (platform_id is null or (${ACTS_FOR_PROVIDER}))`,
  `create policy ${table}_issuer_delete on ${table} as restrictive for delete to app_serve
   using (platform_id is null or (${ACTS_FOR_PROVIDER}))`,
];

const platformColumn = (table: Columns): void =>
  void table
    .uuid('platform_id')
    .comment('Platform whose provider issues it; null: the merchant itself does.');

function sellerColumns(table: Columns): void {
  table
    .jsonb('details')
    .notNullable()
    .comment('Legal entity, address, registrations, bank, texts; checked by the application.');
  table.text('series').notNullable().comment('What invoice numbers begin with.');
  table.text('credit_series').notNullable().comment('What numbers of credit notes begin with.');
  table.text('logo_sha256').comment('Logo printed on invoices: hash of its bytes, in hex.');
  table.timestamp('updated_at', { useTz: true }).notNullable();
}

function counterColumns(table: Columns): void {
  table.text('series').notNullable().comment('What the numbers begin with.');
  table.integer('year').notNullable().comment('Year of issue: numbers begin at 1 in each.');
  table
    .integer('last_number')
    .notNullable()
    .comment('Last number given; locked by the transaction that gives the next.');
  table
    .date('last_issued_on')
    .notNullable()
    .comment('Latest day of issue: later numbers never have an earlier one.');
}

function totalColumns(table: Columns): void {
  table.integer('year').notNullable().comment('Calendar year of the sales.');
  table
    .bigInteger('net_minor')
    .notNullable()
    .comment(
      'Distance sales and e-services to consumers in other member states, without VAT, in euro cents.',
    );
}

function logoColumns(table: Columns): void {
  table.text('sha256').notNullable().comment('Of the bytes, in hex.');
  table.text('type').notNullable().comment('image/png or image/jpeg.');
  table.binary('bytes').notNullable().comment('The picture, at most 500 kB.');
}

function invoiceColumns(table: Columns): void {
  platformColumn(table);
  table.text('issuer').notNullable().comment('Who sells: merchant, or provider (then the merchant buys).');
  table.text('kind').notNullable().comment('invoice or credit_note.');
  table.text('status').notNullable().comment('draft, finalised, paid, or void (credited in full).');
  table.integer('revision').notNullable().comment('Counts changes of the draft.');
  table.text('series').comment('First part of the number; null while a draft.');
  table.integer('year').comment('Year of issue; null while a draft.');
  table.integer('number').comment('Without gaps within issuer, series and year; null while a draft.');
  table.text('number_text').comment('The number as it is printed.');
  table.date('issued_on').comment('Day of issue in Luxembourg; null while a draft.');
  table.date('supply_on').notNullable().comment('Day of supply: its VAT rates count.');
  table.date('due_on').comment('Day by which it is to be paid.');
  table.text('supply').notNullable().comment('goods, services or e_services.');
  table.text('language').notNullable().comment('Language of the document.');
  table.text('currency').notNullable().comment('ISO 4217, with two decimals.');
  table.text('exchange_rate').comment('Euros for one unit of the currency, as a decimal; null for EUR.');
  table
    .text('price_mode')
    .notNullable()
    .comment('net: prices without VAT; gross: as the customer saw them, with VAT.');
  table.jsonb('seller').notNullable().comment('The seller as it stood at issue.');
  table.jsonb('buyer').notNullable().comment('The buyer as it stood at issue.');
  table
    .jsonb('lines')
    .notNullable()
    .comment('What is invoiced: descriptions, quantities, prices, rates, sums.');
  table.jsonb('vat_groups').notNullable().comment('VAT per category and rate: base and amount.');
  table
    .bigInteger('allowance_minor')
    .notNullable()
    .comment('Taken off the whole, in the price mode, in minor units.');
  table.text('allowance_reason').comment('Why.');
  table
    .bigInteger('line_net_minor')
    .notNullable()
    .comment('Sum of the lines without VAT, before the allowance.');
  table.bigInteger('net_minor').notNullable().comment('Total without VAT, in minor units.');
  table.bigInteger('vat_minor').notNullable().comment('Total of VAT, in minor units.');
  table.bigInteger('gross_minor').notNullable().comment('net_minor + vat_minor.');
  table.text('treatment').notNullable().comment('How VAT treats it; in a draft as it looks now.');
  table.jsonb('mentions').notNullable().comment('Names of the sentences the document must carry.');
  table.text('exemption_code').comment('VATEX code of EN 16931 where no VAT is charged.');
  table.uuid('decision_id').comment('Evidence of the VAT decision; null while a draft.');
  table.text('reference').comment('Outside name of what it is for; an issuer has each once.');
  table.uuid('credits_id').comment('Invoice that this credit note takes back.');
  table.text('note').notNullable().comment('Words to the buyer; may be empty.');
  table.text('logo_sha256').comment('Logo printed on it.');
  table
    .timestamp('finalise_asked_at', { useTz: true })
    .comment('Since when it waits to be finalised; null: it does not.');
  table.text('waits_for').comment('What finalising waits for: vies.');
  table.timestamp('finalised_at', { useTz: true }).comment('When it got its number.');
  table.timestamp('paid_at', { useTz: true }).comment('When it was paid.');
  table.uuid('created_by').comment('User; null for what no person did.');
  table.timestamp('created_at', { useTz: true }).notNullable();
  table.timestamp('updated_at', { useTz: true }).notNullable();
}

const INVOICE_CHECKS: readonly (readonly [name: string, check: string])[] = [
  ['issuer', "(issuer = 'provider') = (platform_id is not null) and issuer in ('merchant', 'provider')"],
  ['kind', "kind in ('invoice', 'credit_note') and (kind = 'credit_note') = (credits_id is not null)"],
  ['status', "status in ('draft', 'finalised', 'paid', 'void')"],
  ['sums', 'net_minor + vat_minor = gross_minor'],
  [
    'numbered',
    "(status = 'draft') = (number is null) and (number is null) = (issued_on is null) and (number is null) = (decision_id is null)",
  ],
  ['price_mode', "price_mode in ('net', 'gross')"],
];

export const invoiceTables = defineMigration('20261122_billing_invoice', (m) => {
  m.merchantTable('billing_merchant_seller', {
    comment: 'The legal entity of a merchant as a seller: what its invoices say of it.',
    columns: sellerColumns,
    key: [],
  });
  m.platformTable('billing_provider_seller', {
    comment: 'The legal entity that sells a platform’s subscriptions.',
    columns: sellerColumns,
    key: [],
  });
  m.merchantTable('billing_number_counter', {
    comment: 'The last number that a merchant gave to an invoice, by series and year.',
    columns: counterColumns,
    key: ['series', 'year'],
    allow: ['select', 'insert', 'update'],
  });
  m.platformTable('billing_provider_counter', {
    comment: 'The last number that the provider gave to an invoice of a platform, by series and year.',
    columns: counterColumns,
    key: ['series', 'year'],
    allow: ['select', 'insert', 'update'],
  });
  m.merchantTable('billing_cross_border_total', {
    comment: 'What a merchant sold to consumers in other member states in a year: the threshold of 10,000 €.',
    columns: totalColumns,
    key: ['year'],
  });
  m.platformTable('billing_provider_cross_border', {
    comment: 'What the provider sold to consumers in other member states in a year.',
    columns: totalColumns,
    key: ['year'],
  });
  m.merchantTable('billing_merchant_logo', {
    comment: 'A picture printed on a merchant’s invoices, for as long as one of them has it.',
    columns: logoColumns,
    key: ['sha256'],
    allow: ['select', 'insert'],
  });
  m.platformTable('billing_provider_logo', {
    comment: 'A picture printed on the provider’s invoices.',
    columns: logoColumns,
    key: ['sha256'],
    allow: ['select', 'insert'],
  });
  m.merchantTable('billing_vies_check', {
    comment: 'An answer of VIES about a VAT id: append-only, evidence of why no VAT was charged.',
    columns: (table) => {
      table.text('vat_id').notNullable().comment('What was asked, without spaces.');
      table.text('requester_vat_id').comment('Own VAT id of who asked.');
      table.text('status').notNullable().comment('valid, invalid, or unavailable.');
      table.text('code').notNullable().comment('Code of the answer.');
      table.text('consultation_number').comment('Proof of the request, by VIES.');
      table.text('name').comment('Registered name, where the state tells.');
      table.text('address').comment('Registered address, where the state tells.');
      table.timestamp('checked_at', { useTz: true }).notNullable().comment('When it was asked.');
    },
    indexes: [['vat_id', 'checked_at']],
    allow: ['select', 'insert'],
  });
  m.merchantTable('billing_vat_decision', {
    comment: 'Why an invoice has the VAT it has: append-only evidence.',
    columns: (table) => {
      platformColumn(table);
      table.uuid('invoice_id').notNullable().comment('Invoice or credit note it was made for.');
      table.jsonb('question').notNullable().comment('Inputs of the decision.');
      table.jsonb('decision').notNullable().comment('Treatment, category, zone, mentions.');
      table.text('rule').notNullable().comment('Rule that decided.');
      table.text('rate_version').notNullable().comment('State of the tables of rates and territories.');
      table.jsonb('vies').comment('Answer of VIES, where one was needed.');
      table.timestamp('decided_at', { useTz: true }).notNullable().comment('When.');
    },
    indexes: [['invoice_id']],
    allow: ['select', 'insert'],
  });
  m.merchantTable('billing_invoice', {
    comment:
      'An invoice or credit note. Once it has a number nothing in it changes but whether it is paid or void.',
    columns: (table) => {
      invoiceColumns(table);
      for (const [name, check] of INVOICE_CHECKS) table.check(check, [], `billing_invoice_${name}`);
    },
    unique: [['issuer', 'reference']],
    indexes: [['issuer', 'status', 'created_at'], ['issuer', 'issued_on'], ['credits_id']],
    uniqueAcrossTenants: [
      {
        columns: ['platform_id', 'series', 'year', 'number'],
        why: 'the provider numbers the invoices of all merchants of a platform in one series.',
        where: "issuer = 'provider'",
      },
    ],
    indexesAcrossTenants: [
      {
        columns: ['platform_id', 'issued_on'],
        why: 'administrators list what the provider issued, and report it.',
        where: "issuer = 'provider'",
      },
    ],
    references: [{ columns: ['credits_id'], table: 'billing_invoice' }],
  });
  m.sql(
    `create unique index billing_invoice_number_key on billing_invoice (merchant_id, series, year, number) where issuer = 'merchant'`,
  );
  for (const policy of [...providerPolicies('billing_invoice'), ...providerPolicies('billing_vat_decision')])
    m.sql(policy);
  m.grantDirectory('billing_invoice');
  m.grantDirectory('billing_vat_decision');
  m.sql(KEEP_FINALISED);
  m.sql(`create trigger billing_invoice_keep before update or delete on billing_invoice
    for each row when (old.status <> 'draft') execute function billing_keep_finalised()`);
  m.sql(`create trigger billing_invoice_keep_all before truncate on billing_invoice
    for each statement execute function billing_keep_finalised()`);
  m.sql(`create trigger billing_vat_decision_keep before update or delete on billing_vat_decision
    for each row execute function billing_keep_finalised()`);
});

/** For every role, the owner of the tables included. */
const KEEP_FINALISED = `
create function billing_keep_finalised() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and tg_table_name = 'billing_invoice' then
    if to_jsonb(new) - array['status', 'paid_at', 'updated_at'] = to_jsonb(old) - array['status', 'paid_at', 'updated_at']
      and (old.paid_at is null or old.paid_at = new.paid_at)
      and (old.status = new.status or (old.status, new.status) in (('finalised', 'paid'), ('finalised', 'void'), ('paid', 'void')))
    then
      return new;
    end if;
  end if;
  raise exception 'a finalised invoice and its evidence never change: issue a credit note'
    using errcode = 'integrity_constraint_violation', table = tg_table_name;
end
$$`;

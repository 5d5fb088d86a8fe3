import assert from 'node:assert/strict';
import pg from 'pg';
import { testDatabase, type TestDatabase } from '../../testing/database.js';
import { sampleSets } from '../sample.fixture.js';
import { lintSchema, tableClasses } from './lintSchema.js';

const own = (column: string, of: string): string =>
  `${column} = nullif(current_setting('app.${of}_id', true), '')::uuid`;
const note = 'comment on table fault is $$x$$; comment on column fault.text is $$x$$;';
const secured = 'alter table fault enable row level security; alter table fault force row level security;';
const granted = 'grant select, insert on fault to app_serve;';
const policies = (condition: string): string =>
  `create policy p1 on fault for select to app_serve using (${condition}); create policy p2 on fault for insert to app_serve with check (${condition});`;
const merchantOwn = own('merchant_id', 'merchant');
/** A merchant's table as it should be; a fault changes one thing. */
const fine = `create table fault (merchant_id uuid not null, id uuid not null, text text not null, primary key (merchant_id, id)); ${note} ${secured} ${granted} ${policies(merchantOwn)}`;

/** What is planted, and what must be said about it. */
const faults: Readonly<Record<string, readonly [plant: string, expected: RegExp]>> = {
  'a table that tenants may read without a tenant key': [
    `create table fault (id uuid primary key, text text not null); ${note} ${secured} ${granted} ${policies('true')}`,
    /no tenant key leads its primary key/,
  ],
  'a system table that app_serve was let into': [
    'grant select on sample_session to app_serve',
    /sample_session: .*no tenant key leads/,
  ],
  'a system table that app_serve may add anything to': [
    'grant insert on sample_session to app_serve; create policy p on sample_session for insert to app_serve with check (true)',
    /p does not hold the row to the session's tenant/,
  ],
  'a table without row-level security': [
    `${fine} alter table fault disable row level security`,
    /row-level security is off/,
  ],
  'row-level security that spares the owner': [
    `${fine} alter table fault no force row level security`,
    /does not hold its owner/,
  ],
  'a right without a policy': [
    `${fine} grant delete on fault to app_serve`,
    /app_serve may delete, but no policy/,
  ],
  'a policy that is always true': [
    `${fine} create policy p3 on fault for select to app_serve using (true)`,
    /p3 does not hold the row/,
  ],
  'a tenant compared beside an or': [
    `${fine} create policy p3 on fault for select to app_serve using (${merchantOwn} or text = 'public')`,
    /p3 does not hold the row/,
  ],
  'a policy that compares the wrong setting': [
    `${fine} create policy p3 on fault for select to app_serve using (${own('merchant_id', 'platform')})`,
    /p3 does not hold the row/,
  ],
  'a setting that must exist': [
    `${fine} create policy p3 on fault for select to app_serve using (merchant_id = current_setting('app.merchant_id')::uuid)`,
    /p3 does not hold the row/,
  ],
  'an update whose new row is not held': [
    `${fine} grant update on fault to app_serve; create policy p3 on fault for update to app_serve using (${merchantOwn}) with check (true)`,
    /p3 does not hold the row/,
  ],
  'a policy with a sub-select': [
    `${fine} create policy p3 on fault for select to app_serve using (merchant_id = (select ${merchantOwn.slice(14)}))`,
    /p3 has a sub-select/,
  ],
  'a policy for everybody': [
    `${fine} create policy p3 on fault for select using (${merchantOwn})`,
    /p3 holds for public/,
  ],
  'a policy that lets the directory write': [
    `${fine} create policy p3 on fault for update to app_directory using (true)`,
    /p3 lets app_directory write/,
  ],
  'platform rows that anybody on the platform may write': [
    'drop policy sample_page_serve_update on sample_page; create policy p on sample_page for update to app_serve using (' +
      own('platform_id', 'platform') +
      ')',
    /p lets others than administrators write/,
  ],
  'stores of one merchant that are not kept apart': [
    'drop policy sample_item_same_store on sample_item',
    /no restrictive policy keeps the stores/,
  ],
  'a store’s rows with the key of a merchant’s': [
    `${fine} alter table fault add column store_id uuid not null default gen_random_uuid()`,
    /not led by merchant_id, store_id/,
  ],
  'a unique key without the tenant': [
    `${fine} create unique index fault_text on fault (text)`,
    /unique index fault_text \(text\) is not led by merchant_id/,
  ],
  'a unique key of a store’s table that only has the merchant': [
    'create unique index fault_sku on sample_item (merchant_id, sku)',
    /fault_sku .* is not led by merchant_id, store_id/,
  ],
  'an index without the tenant': [
    `${fine} create index fault_text on fault (text)`,
    /index fault_text \(text\) is not led by/,
  ],
  'an index over an expression': [
    `${fine} create index fault_text on fault (lower(text))`,
    /an expression\) is not led by/,
  ],
  'a foreign key without the tenant': [
    'alter table sample_note add unique (merchant_id, id); create unique index sample_note_id on sample_note (id); comment on index sample_note_id is $$Across tenants: test$$; alter table sample_item add foreign key (note_id) references sample_note (id)',
    /may lead to another tenant's row/,
  ],
  'a foreign key that leads with another column': [
    `${fine} alter table fault add column other uuid; comment on column fault.other is 'x'; alter table fault add foreign key (other, id) references sample_note (merchant_id, id)`,
    /may lead to another tenant's row/,
  ],
  'a right for everybody': [`${fine} grant select on fault to public`, /public may select/],
  'a right that row-level security does not limit': [
    `${fine} grant truncate on fault to app_serve`,
    /app_serve may truncate/,
  ],
  'a right on one column only': [
    'grant select (id) on sample_session to app_serve',
    /sample_session: .*no tenant key leads/,
  ],
  'a directory that may write': [
    `${fine} grant update on fault to app_directory`,
    /app_directory may update/,
  ],
  'a view with the rights of its owner': [
    'create view fault as select * from sample_item',
    /view reads with the rights of its owner/,
  ],
  'a materialized view': ['create materialized view fault as select 1 as one', /materialized view/],
  'a function with the rights of its owner': [
    "create function fault() returns int language sql security definer as 'select 1'",
    /fault\(\): it runs with the rights of its owner/,
  ],
  'an allowed function without comment, search path and limits': [
    "create function allowed_definer() returns int language sql security definer as 'select 1'",
    /no comment says why[^]*search path of the caller[^]*everybody may run it/,
  ],
  'a table without a comment': [`${fine} comment on table fault is null`, /the table has no comment/],
  'a column without a comment': [
    `${fine} comment on column fault.text is null`,
    /the column text has no comment/,
  ],
};

describe('the schema lint [module:core]', () => {
  let db: TestDatabase;
  before(async () => {
    db = await testDatabase({ sets: sampleSets });
  });
  after(() => db.drop());

  /** Plants something in a transaction that is taken back, and lints with it. */
  const lintWith = async (plant: string): Promise<string> => {
    const client = new pg.Client(db.ownerUrl);
    await client.connect();
    try {
      await client.query('BEGIN');
      await client.query(plant);
      const findings = await lintSchema(client, { allowedDefiners: ['allowed_definer'] });
      assert.ok(findings.every((finding) => finding.howToMend.length > 10));
      return findings.map(({ table, what }) => `${table}: ${what}`).join('\n');
    } finally {
      await client.end();
    }
  };

  it('finds nothing to complain about in what the migration builder makes', async () => {
    assert.equal(await lintWith('select 1'), '');
    assert.equal(await lintWith(fine), '');
  });

  it('allows what says why: unique across tenants, additional conditions, additional restrictions, adding to an outbox', async () => {
    assert.equal(
      await lintWith(
        `${fine} create unique index fault_text on fault (text); comment on index fault_text is 'Across tenants: a domain has one owner'`,
      ),
      '',
    );
    assert.equal(
      await lintWith(
        `${fine} create policy p3 on fault for select to app_serve using (text = 'a' and (${merchantOwn}) and text <> 'b')`,
      ),
      '',
    );
    assert.equal(
      await lintWith(
        `${fine} create policy p3 on fault as restrictive for all to app_serve using (text = 'a' or text = 'b')`,
      ),
      '',
    );
    assert.equal(
      await lintWith(
        `${fine} alter table fault add foreign key (merchant_id) references sample_merchant (id)`,
      ),
      '',
    );
    assert.equal(
      await lintWith(`create table fault (id uuid primary key, platform_id uuid not null, text text not null); ${note} ${secured}
      grant insert on fault to app_serve; create policy p on fault for insert to app_serve with check (${own('platform_id', 'platform')})`),
      '',
    );
  });

  it('knows the class of every table', async () => {
    const client = new pg.Client(db.ownerUrl);
    await client.connect();
    const classes = Object.fromEntries(await tableClasses(client));
    await client.end();
    assert.deepEqual(classes, {
      core_migration: 'system',
      sample_item: 'store',
      sample_item_line: 'store',
      sample_merchant: 'root',
      sample_note: 'merchant',
      sample_page: 'platform',
      sample_session: 'system',
    });
  });

  for (const [fault, [plant, expected]] of Object.entries(faults)) {
    it(`catches ${fault}`, async () => assert.match(await lintWith(plant), expected));
  }

  it('catches roles that row-level security does not hold', async () => {
    const client = {
      query: async (sql: string) => ({
        rows: /from pg_roles/.test(sql)
          ? [{ name: 'app_serve', isSuperuser: true, bypassesRowSecurity: true, owns: 'sample_item' }]
          : [],
      }),
    };
    const whats = (await lintSchema(client as never)).map((finding) => finding.what);
    assert.deepEqual(whats, ['it is a superuser', 'it bypasses row-level security', 'it owns sample_item']);
  });
});

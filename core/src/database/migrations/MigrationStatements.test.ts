import assert from 'node:assert/strict';
import { defineMigration, type MigrationBuilder } from '../migration.js';
import { statementsOf } from './MigrationStatements.js';

describe('the migration builder [module:core]', () => {
  const of = (up: (m: MigrationBuilder) => void): string[] =>
    statementsOf(defineMigration('20261120_test', up));

  it('gives the same statements every time', () => {
    const up = (m: MigrationBuilder): void =>
      m.storeTable('a_b', { comment: 'x', columns: (t) => void t.text('c').comment('y') });
    assert.deepEqual(of(up), of(up));
  });

  it('leads keys, indexes and references of a store’s table by merchant and store', () => {
    const statements = of((m) =>
      m.storeTable('a_line', {
        comment: 'x',
        key: ['page_id', 'no'],
        unique: [['slug']],
        indexes: [['at']],
        columns: (t) => void t.uuid('page_id'),
        references: [
          { columns: ['page_id'], table: 'a_page', onDelete: 'cascade' },
          { columns: ['note_id'], table: 'a_note', of: 'merchant' },
          { columns: ['user_id'], table: 'core_user', of: 'root' },
        ],
      }),
    ).join('\n');
    assert.match(
      statements,
      /constraint "a_line_pkey" primary key \("merchant_id", "store_id", "page_id", "no"\)/,
    );
    assert.doesNotMatch(statements, /"id" uuid/);
    assert.match(
      statements,
      /"a_line_slug_key" unique \("merchant_id", "store_id", "slug"\)|"a_line_slug_key".*\("merchant_id", "store_id", "slug"\)/,
    );
    assert.match(statements, /create index "a_line_at_idx" on "a_line" \("merchant_id", "store_id", "at"\)/);
    assert.match(
      statements,
      /foreign key \("merchant_id", "store_id", "page_id"\) references "a_page" \("merchant_id", "store_id", "id"\) on delete cascade/,
    );
    assert.match(
      statements,
      /foreign key \("merchant_id", "note_id"\) references "a_note" \("merchant_id", "id"\) on delete restrict/,
    );
    assert.match(statements, /foreign key \("user_id"\) references "core_user" \("id"\)/);
  });

  it('writes bare policies for what is allowed, and none for the rest', () => {
    const statements = of((m) =>
      m.platformTable('a_log', { comment: 'x', columns: () => undefined, allow: ['select', 'insert'] }),
    );
    assert.ok(statements.includes('grant select, insert on "a_log" to app_serve'));
    assert.ok(
      statements.includes(
        `create policy "a_log_serve_select" on "a_log" for select to app_serve using (platform_id = nullif(current_setting('app.platform_id', true), '')::uuid)`,
      ),
    );
    assert.ok(
      statements.includes(
        `create policy "a_log_serve_insert" on "a_log" for insert to app_serve with check (platform_id = nullif(current_setting('app.platform_id', true), '')::uuid and current_setting('app.access', true) in ('admin', 'system'))`,
      ),
    );
    assert.ok(!statements.some((statement) => /for (update|delete)/.test(statement)));
    assert.ok(statements.includes('alter table "a_log" force row level security'));
  });

  it('escapes comments, also those of tables, which knex does not', () => {
    const statements = of((m) =>
      m.systemTable('a_b', { comment: "it's", columns: (t) => void t.text('c').comment("isn't") }),
    );
    assert.ok(statements.includes(`comment on table "a_b" is 'it''s'`));
    assert.ok(statements.includes(`comment on column "a_b"."c" is 'isn''t'`));
  });

  it('keeps names within what PostgreSQL keeps of them, each its own', () => {
    const name = 'a_rather_long_table_name_that_goes_on_and_on_x';
    const statements = of((m) =>
      m.merchantTable(name, {
        comment: 'x',
        columns: () => undefined,
        unique: [['first_column', 'a']],
        indexes: [
          ['first_column', 'b'],
          ['first_column', 'c'],
        ],
      }),
    );
    const names = statements.flatMap(
      (statement) => /(?:index|policy|constraint) "([^"]+)"/.exec(statement)?.[1] ?? [],
    );
    assert.ok(
      names.every((each) => each.length <= 63),
      names.join(' '),
    );
    assert.equal(new Set(names).size, names.length);
    assert.throws(
      () => of((m) => m.merchantTable(`${name}y`, { comment: 'x', columns: () => undefined })),
      /longer than 46/,
    );
  });

  it('refuses a name that does not sort by date', () => {
    assert.throws(() => defineMigration('first', () => undefined), /yyyymmdd_what/);
  });
});

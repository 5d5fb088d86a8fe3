import { defineMigration, type TenantTable } from '../../database/migration.js';

type TableBuilder = Parameters<TenantTable['columns']>[0];

function draftColumns(t: TableBuilder): void {
  t.integer('revision')
    .notNullable()
    .comment('Counts every change of draft or live theme; an editor says which one it saw.');
  t.boolean('has_draft').notNullable().comment('False: what is live is being shown and edited.');
  t.jsonb('draft').comment('Checked by the theme schema; null with has_draft: the theme of the platform.');
  t.timestamp('drafted_at').comment('Last change of the draft; null: there is none.');
  t.text('drafted_by').comment('Who changed it last, as the audit trail names people.');
}

function versionColumns(t: TableBuilder): void {
  t.integer('number').notNullable().comment('Counts from 1.');
  t.jsonb('theme').comment(
    'What became visible, checked by the theme schema; null: the theme of the platform.',
  );
  t.timestamp('published_at').notNullable().comment('When it became visible.');
  t.text('published_by').notNullable().comment('Who published it, as the audit trail names people.');
}

/** Drafts of themes beside what is live, and what was live before. */
export const themeMigration = defineMigration('20261122_tenancy_theme', (m) => {
  m.storeTable('core_store_theme', {
    comment: 'What is being done to a store’s theme; without a row nothing yet.',
    key: [],
    allow: ['select', 'insert', 'update'],
    references: [{ columns: ['store_id'], table: 'core_store', target: ['id'], of: 'merchant' }],
    columns: draftColumns,
  });
  m.storeTable('core_store_theme_version', {
    comment: 'Themes that a store published: written once, never changed.',
    key: ['number'],
    allow: ['select', 'insert'],
    references: [{ columns: ['store_id'], table: 'core_store', target: ['id'], of: 'merchant' }],
    columns: versionColumns,
  });
  m.platformTable('core_platform_theme', {
    comment: 'What is being done to a platform’s theme; without a row nothing yet.',
    key: [],
    allow: ['select', 'insert', 'update'],
    references: [{ columns: ['platform_id'], table: 'core_platform', of: 'root' }],
    columns: draftColumns,
  });
  m.platformTable('core_platform_theme_version', {
    comment: 'Themes that a platform published: written once, never changed.',
    key: ['number'],
    allow: ['select', 'insert'],
    references: [{ columns: ['platform_id'], table: 'core_platform', of: 'root' }],
    columns: versionColumns,
  });
});

import { defineMigration, type TenantTable } from '@wizamart/core';
import { platformWall } from './platformWall.js';

type TableBuilder = Parameters<TenantTable['columns']>[0];

function entryColumns(table: TableBuilder): void {
  table.text('slug').notNullable().comment('Page on which the form stood.');
  table.text('language').notNullable().comment('Language of the form: en, fr, de or lb.');
  table
    .text('email')
    .comment('Address that the visitor gave, in small letters; null where the form asks for none.');
  table
    .jsonb('answers')
    .notNullable()
    .comment('List of label and value, as the form asked and the visitor answered.');
  table
    .timestamp('sent_at', { useTz: true })
    .notNullable()
    .comment('When it was sent; from then on the time it is kept counts.');
}

/** Visitors write what only staff may read: a session that is neither the tenant's nor the system's sees no row. */
const readersOnly = (table: string, access: string): string => `
  CREATE POLICY ${table}_readers ON ${table} AS RESTRICTIVE FOR ALL TO app_serve
  USING (current_setting('app.access', true) IN (${access}, 'system'))`;

export const formEntry = defineMigration('20261121_form_entry', (m) => {
  m.platformTable('cms_platform_form_entry', {
    comment: 'What a visitor of a platform’s own site sent with a form of one of its pages.',
    columns: entryColumns,
    indexes: [['sent_at'], ['email']],
  });
  m.storeTable('cms_store_form_entry', {
    comment: 'What a visitor of a store sent with a form of one of its pages.',
    columns: (table) => {
      table
        .uuid('platform_id')
        .notNullable()
        .comment('Platform on whose addresses of the store the form stood.');
      entryColumns(table);
    },
    key: ['platform_id', 'id'],
    indexes: [
      ['platform_id', 'sent_at'],
      ['platform_id', 'email'],
    ],
  });
  m.sql(platformWall('cms_store_form_entry'));
  m.sql(readersOnly('cms_platform_form_entry', `'admin'`));
  m.sql(readersOnly('cms_store_form_entry', `'store', 'admin'`));
  for (const table of ['cms_platform_form_entry', 'cms_store_form_entry'])
    m.grantSystem(table, ['select', 'delete']);
});

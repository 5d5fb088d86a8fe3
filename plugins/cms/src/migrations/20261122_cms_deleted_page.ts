import { defineMigration, type TenantTable } from '@wizamart/core';
import { platformWall } from './platformWall.js';

type TableBuilder = Parameters<TenantTable['columns']>[0];

function deletedColumns(table: TableBuilder): void {
  table.uuid('page_id').notNullable().comment('The page that was deleted.');
  table.text('slug').notNullable().comment('Its address.');
  table.boolean('was_live').notNullable().comment('Visitors saw it.');
  table.jsonb('content').notNullable().comment('Its rows: page, revisions, translations.');
  table.timestamp('deleted_at', { useTz: true }).notNullable().comment('Kept for a day from then.');
}

/** What was deleted, for a day, so that a deletion can be undone. */
export const deletedPage = defineMigration('20261122_cms_deleted_page', (m) => {
  m.platformTable('cms_platform_deleted_page', {
    comment: 'A page of a platform that was deleted, kept for a day so that it can be brought back.',
    columns: (table) => {
      table.text('kind').notNullable().comment('As in cms_platform_page.');
      deletedColumns(table);
    },
    key: ['page_id'],
  });
  m.storeTable('cms_store_deleted_page', {
    comment: 'A page of a store that was deleted, kept for a day so that it can be brought back.',
    columns: (table) => {
      table.uuid('platform_id').notNullable().comment('As in cms_store_page.');
      deletedColumns(table);
    },
    key: ['platform_id', 'page_id'],
  });
  m.sql(platformWall('cms_store_deleted_page'));
});

import { defineMigration, type TenantTable } from '@wizamart/core';
import { platformWall } from './platformWall.js';

type TableBuilder = Parameters<TenantTable['columns']>[0];

function deletedColumns(table: TableBuilder): void {
  table.uuid('medium_id').notNullable().comment('The picture or document that was deleted.');
  table.jsonb('content').notNullable().comment('Its row; its files are where they were.');
  table.timestamp('deleted_at', { useTz: true }).notNullable().comment('Kept for a day from then.');
  table.uuid('deleted_by').comment('User; null for what no person did.');
}

/** Media that were deleted, for a day, so that a deletion can be undone. */
export const deletedMedia = defineMigration('20261122_cms_deleted_media', (m) => {
  m.platformTable('cms_platform_deleted_media', {
    comment:
      'A picture or document of a platform that was deleted, kept for a day so that it can be brought back.',
    columns: deletedColumns,
    key: ['medium_id'],
    indexes: [['deleted_at']],
  });
  m.storeTable('cms_store_deleted_media', {
    comment:
      'A picture or document of a store that was deleted, kept for a day so that it can be brought back.',
    columns: (table) => {
      table.uuid('platform_id').notNullable().comment('As in cms_store_media.');
      deletedColumns(table);
    },
    key: ['platform_id', 'medium_id'],
    indexes: [['platform_id', 'deleted_at']],
  });
  m.sql(platformWall('cms_store_deleted_media'));
  // Who forgets them is a job of the platform, not of each store.
  for (const table of ['cms_platform_deleted_media', 'cms_store_deleted_media'])
    m.grantSystem(table, ['select', 'delete']);
});

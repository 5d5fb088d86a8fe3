import { defineMigration, type TenantTable } from '@wizamart/core';
import { platformWall } from './platformWall.js';

type TableBuilder = Parameters<TenantTable['columns']>[0];

function menuColumns(table: TableBuilder, name: string): void {
  table.text('place').notNullable().comment('header or footer.');
  table
    .jsonb('items')
    .notNullable()
    .comment('Entries in order: pages by their id, addresses, headings with entries below them.');
  table.timestamp('updated_at', { useTz: true }).notNullable().comment('Last change.');
  table.uuid('updated_by').comment('User; null for what no person did.');
  table.check(`place in ('header', 'footer')`, [], `${name}_place`);
}

export const siteMenu = defineMigration('20261121_site_menu', (m) => {
  m.platformTable('cms_platform_menu', {
    comment:
      'A menu of a platform’s own site that somebody edited; without a row it lists the pages that are placed there.',
    columns: (table) => menuColumns(table, 'cms_platform_menu'),
    key: ['place'],
  });
  m.storeTable('cms_store_menu', {
    comment:
      'A menu of a store’s site on one of its platforms that somebody edited; without a row it lists the pages that are placed there.',
    columns: (table) => {
      table
        .uuid('platform_id')
        .notNullable()
        .comment('Platform on whose addresses of the store the menu stands.');
      menuColumns(table, 'cms_store_menu');
    },
    key: ['platform_id', 'place'],
  });
  m.sql(platformWall('cms_store_menu'));
});

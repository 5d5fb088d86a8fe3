import { defineMigration } from '@wizamart/core';
import { pageColumns, translationColumns, wherePageIsSane } from './pageColumns.js';

/** A store may be on several platforms, each with pages of its own: what a session of one must not see of the other. */
const platformWall = (table: string) => `
  CREATE POLICY ${table}_platform ON ${table} AS RESTRICTIVE FOR ALL TO app_serve
  USING (platform_id = nullif(current_setting('app.platform_id', true), '')::uuid)
  WITH CHECK (platform_id = nullif(current_setting('app.platform_id', true), '')::uuid)`;

export const storePage = defineMigration('20261120_store_page', (m) => {
  m.storeTable('cms_store_page', {
    comment:
      'A page that a store wrote for one of its platforms: instead of the default of that slug (override), or on its own (custom).',
    columns: (table) => {
      table
        .uuid('platform_id')
        .notNullable()
        .comment('Platform on whose addresses of the store the page stands.');
      pageColumns(table);
      table
        .uuid('based_on_id')
        .comment('Default page that an override was copied from; it may be gone since.');
      table.integer('based_on_version').comment('Version of that default that was copied.');
      wherePageIsSane(table, 'cms_store_page');
    },
    key: ['platform_id', 'id'],
    unique: [['platform_id', 'slug']],
  });
  m.storeTable('cms_store_page_translation', {
    comment: 'One language of one version of a store’s page. A version that was live is never changed.',
    columns: (table) => {
      table.uuid('platform_id').notNullable().comment('As in cms_store_page.');
      translationColumns(table);
    },
    key: ['platform_id', 'page_id', 'version', 'language'],
    references: [
      {
        columns: ['platform_id', 'page_id'],
        table: 'cms_store_page',
        target: ['platform_id', 'id'],
        onDelete: 'cascade',
      },
    ],
  });
  m.sql(platformWall('cms_store_page'));
  m.sql(platformWall('cms_store_page_translation'));
  m.grantDirectory('cms_store_page');
});

import { defineMigration } from '@wizamart/core';
import { pageColumns, translationColumns, wherePageIsSane } from './pageColumns.js';

export const platformPage = defineMigration('20261120_platform_page', (m) => {
  m.platformTable('cms_platform_page', {
    comment:
      'A page that a platform writes: one of its marketing pages, or what its stores show under a slug until they have their own.',
    columns: (table) => {
      table
        .text('kind')
        .notNullable()
        .comment('platform: marketing page; default: page of every store of the platform.');
      pageColumns(table);
      table.check(`kind in ('platform', 'default')`, [], 'cms_platform_page_kind');
      wherePageIsSane(table, 'cms_platform_page');
    },
    unique: [['kind', 'slug']],
  });
  m.platformTable('cms_platform_page_translation', {
    comment: 'One language of one version of a platform’s page. A version that was live is never changed.',
    columns: translationColumns,
    key: ['page_id', 'version', 'language'],
    references: [{ columns: ['page_id'], table: 'cms_platform_page', onDelete: 'cascade' }],
  });
  m.platformTable('cms_page_seed', {
    comment:
      'Pages that the platform’s host has brought along once: what an admin changed or deleted since is not brought again.',
    columns: (table) => {
      table.text('kind').notNullable().comment('As in cms_platform_page.');
      table.text('slug').notNullable().comment('As in cms_platform_page.');
      table.timestamp('seeded_at', { useTz: true }).notNullable().comment('When it was brought.');
    },
    key: ['kind', 'slug'],
    allow: ['select', 'insert'],
  });
});

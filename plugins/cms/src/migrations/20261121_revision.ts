import { defineMigration, type TenantTable } from '@wizamart/core';

type TableBuilder = Parameters<TenantTable['columns']>[0];

function revisionColumns(table: TableBuilder, name: string): void {
  table.uuid('page_id').notNullable().comment('The page.');
  table.integer('version').notNullable().comment('Version whose texts stand in the table of translations.');
  table
    .text('origin')
    .notNullable()
    .comment(
      'created: first version; edited: written; restored: copy of an older version; overridden, default: copy of the platform’s default.',
    );
  table.integer('origin_version').comment('Version that was copied; null for what was written.');
  table.timestamp('created_at', { useTz: true }).notNullable().comment('When the version was begun.');
  table.uuid('created_by').comment('User; null for what no person did.');
  table.text('created_by_name').comment('Name of that user as it was then.');
  table.timestamp('updated_at', { useTz: true }).notNullable().comment('Last change of its texts.');
  table.uuid('updated_by').comment('User; null for what no person did.');
  table.text('updated_by_name').comment('Name of that user as it was then.');
  table
    .timestamp('published_at', { useTz: true })
    .comment('When it went live; null for a draft, and for one that was given up.');
  table.check(`origin in ('created', 'edited', 'restored', 'overridden', 'default')`, [], `${name}_origin`);
}

/** Versions that were there before their authors were written down: what the page's own row tells of them. */
const fill = (prefix: string, tenant: string): string => `
  INSERT INTO ${prefix}_revision (${tenant}, page_id, version, origin, created_at, created_by, updated_at, updated_by, published_at)
  SELECT DISTINCT ON (${tenant
    .split(', ')
    .map((column) => `t.${column}`)
    .join(', ')}, t.page_id, t.version)
    ${tenant
      .split(', ')
      .map((column) => `t.${column}`)
      .join(', ')}, t.page_id, t.version, CASE WHEN t.version = 1 THEN 'created' ELSE 'edited' END,
    p.created_at, p.created_by, p.updated_at, p.updated_by, CASE WHEN t.version = p.live_version THEN p.published_at END
  FROM ${prefix}_translation t JOIN ${prefix} p ON p.id = t.page_id`;

export const revision = defineMigration('20261121_revision', (m) => {
  m.platformTable('cms_platform_page_revision', {
    comment: 'Who wrote a version of a platform’s page, when, and where it came from.',
    columns: (table) => {
      revisionColumns(table, 'cms_platform_page_revision');
    },
    key: ['page_id', 'version'],
    references: [{ columns: ['page_id'], table: 'cms_platform_page', onDelete: 'cascade' }],
  });
  m.storeTable('cms_store_page_revision', {
    comment: 'Who wrote a version of a store’s page, when, and where it came from.',
    columns: (table) => {
      table.uuid('platform_id').notNullable().comment('As in cms_store_page.');
      revisionColumns(table, 'cms_store_page_revision');
    },
    key: ['platform_id', 'page_id', 'version'],
    references: [
      {
        columns: ['platform_id', 'page_id'],
        table: 'cms_store_page',
        target: ['platform_id', 'id'],
        onDelete: 'cascade',
      },
    ],
  });
  m.sql(`
  CREATE POLICY cms_store_page_revision_platform ON cms_store_page_revision AS RESTRICTIVE FOR ALL TO app_serve
  USING (platform_id = nullif(current_setting('app.platform_id', true), '')::uuid)
  WITH CHECK (platform_id = nullif(current_setting('app.platform_id', true), '')::uuid)`);
  m.data(
    ['cms_platform_page_revision', 'cms_platform_page_translation', 'cms_platform_page'],
    fill('cms_platform_page', 'platform_id'),
  );
  m.data(
    ['cms_store_page_revision', 'cms_store_page_translation', 'cms_store_page'],
    fill('cms_store_page', 'merchant_id, store_id, platform_id'),
  );
});

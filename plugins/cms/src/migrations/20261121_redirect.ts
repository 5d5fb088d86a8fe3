import { defineMigration, type TenantTable } from '@wizamart/core';

type TableBuilder = Parameters<TenantTable['columns']>[0];

function redirectColumns(table: TableBuilder, name: string): void {
  table.text('source').notNullable().comment('Path on the site that leads elsewhere, for example /old-page.');
  table
    .text('target')
    .notNullable()
    .comment('Where to: a path of the site or an https address; never the source of another redirect.');
  table.integer('status').notNullable().comment('301, 302 or 308.');
  table
    .boolean('is_automatic')
    .notNullable()
    .comment('Made when the address of a published page changed, not by hand.');
  table.timestamp('created_at', { useTz: true }).notNullable().comment('When it was made.');
  table.uuid('created_by').comment('User; null for what no person did.');
  table.check('status in (301, 302, 308)', [], `${name}_status`);
  table.check(`source ~ '^/[A-Za-z0-9._~-]{1,100}$'`, [], `${name}_source`);
  table.check(`target ~ '^(/|https://)'`, [], `${name}_target`);
  table.check('source <> target', [], `${name}_no_loop`);
}

export const redirect = defineMigration('20261121_redirect', (m) => {
  m.platformTable('cms_platform_redirect', {
    comment: 'An address of the platform’s own site, or of all of its stores, that leads elsewhere.',
    columns: (table) => {
      table
        .text('kind')
        .notNullable()
        .comment('platform: on the platform’s own site; default: on the sites of its stores.');
      redirectColumns(table, 'cms_platform_redirect');
      table.check(`kind in ('platform', 'default')`, [], 'cms_platform_redirect_kind');
    },
    unique: [['kind', 'source']],
    indexes: [['kind', 'target']],
  });
  m.storeTable('cms_store_redirect', {
    comment: 'An address of a store’s site on one of its platforms that leads elsewhere.',
    columns: (table) => {
      table.uuid('platform_id').notNullable().comment('Platform on whose addresses of the store it works.');
      redirectColumns(table, 'cms_store_redirect');
    },
    key: ['platform_id', 'id'],
    unique: [['platform_id', 'source']],
    indexes: [['platform_id', 'target']],
  });
  m.sql(`
  CREATE POLICY cms_store_redirect_platform ON cms_store_redirect AS RESTRICTIVE FOR ALL TO app_serve
  USING (platform_id = nullif(current_setting('app.platform_id', true), '')::uuid)
  WITH CHECK (platform_id = nullif(current_setting('app.platform_id', true), '')::uuid)`);
});

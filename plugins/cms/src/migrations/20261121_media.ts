import { defineMigration, type TenantTable } from '@wizamart/core';

type TableBuilder = Parameters<TenantTable['columns']>[0];

function mediaColumns(table: TableBuilder, name: string): void {
  table.text('kind').notNullable().comment('image: shown in pages, in several sizes; document: downloaded.');
  table.text('file_name').notNullable().comment('As its sender called it, to be shown; never a path.');
  table.text('title').notNullable().comment('Name in the library.');
  table
    .jsonb('alt')
    .notNullable()
    .comment('What a picture shows, in words, by language; what is left out is not written.');
  table.text('mime').notNullable().comment('Type by the bytes.');
  table.bigInteger('bytes').notNullable().comment('Size of the file as it came.');
  table.integer('width').comment('Pixels, upright; null for documents.');
  table.integer('height').comment('Pixels, upright; null for documents.');
  table.double('focus_x').notNullable().comment('What crops keep in sight: 0 is left, 1 is right.');
  table.double('focus_y').notNullable().comment('What crops keep in sight: 0 is top, 1 is bottom.');
  table.text('sha256').notNullable().comment('Of the file as it came, in hex.');
  table
    .text('status')
    .notNullable()
    .comment('processing: its sizes are being made; ready; failed: they could not be made.');
  table.text('failure').comment('Why the sizes could not be made.');
  table
    .jsonb('variants')
    .notNullable()
    .comment('List of the files that visitors get: name, extension, width, height, bytes, hash.');
  table.timestamp('created_at', { useTz: true }).notNullable().comment('When it was uploaded.');
  table.uuid('created_by').comment('User; null for what no person did.');
  table.timestamp('updated_at', { useTz: true }).notNullable().comment('Last change of anything about it.');
  table.uuid('updated_by').comment('User; null for what no person did.');
  table.check(`kind in ('image', 'document')`, [], `${name}_kind`);
  table.check(`status in ('processing', 'ready', 'failed')`, [], `${name}_status`);
  table.check('focus_x between 0 and 1 and focus_y between 0 and 1', [], `${name}_focus`);
  table.check('bytes > 0', [], `${name}_bytes`);
}

export const media = defineMigration('20261121_media', (m) => {
  m.platformTable('cms_platform_media', {
    comment: 'A picture or document of a platform: for its own pages, and for what its stores show of them.',
    columns: (table) => {
      mediaColumns(table, 'cms_platform_media');
    },
    indexes: [['created_at']],
  });
  m.storeTable('cms_store_media', {
    comment: 'A picture or document that a store uploaded for its site on one of its platforms.',
    columns: (table) => {
      table
        .uuid('platform_id')
        .notNullable()
        .comment('Platform on whose addresses of the store it is served.');
      mediaColumns(table, 'cms_store_media');
    },
    key: ['platform_id', 'id'],
    indexes: [['platform_id', 'created_at']],
  });
  m.sql(`
  CREATE POLICY cms_store_media_platform ON cms_store_media AS RESTRICTIVE FOR ALL TO app_serve
  USING (platform_id = nullif(current_setting('app.platform_id', true), '')::uuid)
  WITH CHECK (platform_id = nullif(current_setting('app.platform_id', true), '')::uuid)`);
  // An administrator who deletes a picture of the platform is told which stores show it in their own pages.
  m.grantDirectory('cms_store_page_translation');
});

import type { TenantTable } from '@wizamart/core';

/** A table being declared in a migration. */
type TableBuilder = Parameters<TenantTable['columns']>[0];

/** The columns that a platform's and a store's pages have in common. */
export function pageColumns(table: TableBuilder): void {
  table.text('slug').notNullable().comment('Address of the page, the same in every language.');
  table.text('template').notNullable().comment('landing: as wide as the window; article: a column of text.');
  table.text('placement').notNullable().comment('Menu that links to it: header, footer, none.');
  table.integer('position').notNullable().comment('Order within the menu, ascending.');
  table.integer('live_version').comment('Version that visitors see; null while the page is not published.');
  table.integer('draft_version').comment('Version being edited; null when there is nothing unpublished.');
  table.timestamp('published_at', { useTz: true }).comment('When live_version went live.');
  table.timestamp('created_at', { useTz: true }).notNullable().comment('When the page was made.');
  table.uuid('created_by').comment('User; null for what came with the host.');
  table
    .timestamp('updated_at', { useTz: true })
    .notNullable()
    .comment('Last change of anything about the page.');
  table.uuid('updated_by').comment('User; null for what no person did.');
}

/** What must hold for a page whoever writes it. */
export function wherePageIsSane(table: TableBuilder, name: string): void {
  table.check(`slug ~ '^[a-z0-9-]{1,100}$'`, [], `${name}_slug`);
  table.check(`template in ('landing', 'article')`, [], `${name}_template`);
  table.check(`placement in ('header', 'footer', 'none')`, [], `${name}_placement`);
  table.check('live_version is not null or draft_version is not null', [], `${name}_has_a_version`);
  table.check(
    'live_version > 0 and (draft_version is null or draft_version > live_version)',
    [],
    `${name}_draft_follows_live`,
  );
  table.check('(live_version is null) = (published_at is null)', [], `${name}_published_at`);
}

export function translationColumns(table: TableBuilder): void {
  table.uuid('page_id').notNullable().comment('The page.');
  table.integer('version').notNullable().comment('Counts from 1 per page.');
  table.text('language').notNullable().comment('en, fr, de or lb.');
  table.text('title').notNullable().comment('Name of the page, also in menus.');
  table.text('description').notNullable().comment('For lists and search results; may be empty.');
  table.jsonb('body').notNullable().comment('List of typed blocks; rich text in it is sanitised.');
  table
    .jsonb('seo')
    .notNullable()
    .comment('title, description, robots; what is left out comes from the page.');
}

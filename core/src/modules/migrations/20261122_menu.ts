import { defineMigration } from '../../database/migration.js';

/** What platforms and persons changed about the menus that modules bring. */
export const menuMigration = defineMigration('20261122_menu', (m) => {
  m.platformTable('core_menu_item', {
    comment:
      'What a platform changed about an item of the admin’s or the stores’ menu; an item without a row is as its module declares it.',
    key: ['surface', 'item'],
    references: [{ columns: ['platform_id'], table: 'core_platform', of: 'root', onDelete: 'cascade' }],
    columns: (t) => {
      t.text('surface').notNullable().comment('admin or store.');
      t.text('item')
        .notNullable()
        .comment('Code of the menu item; rows of modules that are off stay for when they are on again.');
      t.boolean('is_hidden').notNullable().comment('True: nobody sees the item, and its pages answer 404.');
      t.integer('position').comment('Place within its section, from 0; null: where its module puts it.');
    },
  });
  m.sql(
    "alter table core_menu_item add constraint core_menu_item_surface check (surface in ('admin', 'store'))",
  );
  m.systemTable('core_user_menu_item', {
    comment: 'How a person arranged their own menu on a platform: tidying only, it opens and closes nothing.',
    columns: (t) => {
      t.uuid('user_id').notNullable().comment('Whose menu.');
      t.uuid('platform_id')
        .notNullable()
        .comment('Where; the nil uuid stands for the administration above all platforms.');
      t.text('surface').notNullable().comment('admin or store.');
      t.text('item').notNullable().comment('Code of the menu item.');
      t.text('choice').notNullable().comment('hidden: left out of the menu; pinned: shown at its head.');
      t.primary(['user_id', 'platform_id', 'surface', 'item']);
    },
  });
  m.sql(`alter table core_user_menu_item add constraint core_user_menu_item_known
    check (surface in ('admin', 'store') and choice in ('hidden', 'pinned'))`);
  m.data(
    ['core_user_menu_item', 'core_user'],
    'alter table core_user_menu_item add constraint core_user_menu_item_user_fkey foreign key (user_id) references core_user (id) on delete cascade',
  );
});

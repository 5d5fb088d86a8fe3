import { defineMigration } from '../../database/migration.js';

/** Mails that were kept instead of sent. */
export const mailMigration = defineMigration('20261120_mail', (m) => {
  m.systemTable('core_caught_mail', {
    comment: 'Mails caught in development, where no SMTP server is configured; the newest 200 are kept.',
    columns: (table) => {
      table.uuid('id').primary().comment('Id of the mail.');
      table.uuid('platform_id').notNullable().comment('Platform it was sent for.');
      table.uuid('store_id').comment('Store it was sent for; null where none.');
      table.text('from_address').notNullable().comment('Name and address of the sender.');
      table.text('to_address').notNullable().comment('Name and address of the recipient.');
      table.text('subject').notNullable().comment('Subject.');
      table.text('html').comment('HTML part; null for a mail of plain text.');
      table.text('text').notNullable().comment('Plain text part.');
      table.text('language').notNullable().comment('Language it is written in.');
      table.timestamp('caught_at').notNullable().index().comment('When it would have been sent.');
    },
  });
});

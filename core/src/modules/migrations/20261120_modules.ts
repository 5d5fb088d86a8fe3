import { defineMigration } from '../../database/migration.js';

/** Which modules are on for a platform, which nodes serve which revision, and what has been installed where. */
export const modulesMigration = defineMigration('20261120_modules', (m) => {
  m.platformTable('core_platform_module', {
    comment:
      'What admins decided about a module on a platform; where no row exists the host’s default holds.',
    key: ['module'],
    columns(table) {
      table.text('module').notNullable().comment('Code of the plugin.');
      table.boolean('is_enabled').notNullable().comment('Whether the module is on.');
      table
        .jsonb('config')
        .comment('Settings of the module, checked by its own schema; secrets are encrypted.');
      table.timestamp('enabled_at', { useTz: true }).comment('When it was last turned on.');
      table.uuid('enabled_by').comment('User who last turned it on; null for commands.');
      table.timestamp('updated_at', { useTz: true }).notNullable().comment('When the row last changed.');
    },
  });
  m.grantSystem('core_platform_module', ['select']);
  m.systemTable('core_node', {
    comment: 'One row per running process: which revision of each platform’s modules it serves.',
    columns(table) {
      table.uuid('id').primary().comment('Made by the process when it starts.');
      table.text('name').notNullable().comment('Host name and process id, for people.');
      table.timestamp('started_at', { useTz: true }).notNullable().comment('When the process became ready.');
      table
        .timestamp('seen_at', { useTz: true })
        .notNullable()
        .comment('Last sign of life; a node silent for a minute counts as gone.');
      table.jsonb('revisions').notNullable().comment('Platform id to the revision served.');
    },
    allow: ['select', 'insert', 'update', 'delete'],
  });
  m.systemTable('core_install', {
    comment: 'Which plugin has brought its first content to which platform, so that it happens once.',
    columns(table) {
      table.uuid('platform_id').notNullable().comment('The platform.');
      table.text('plugin').notNullable().comment('Code of the plugin.');
      table.text('step').notNullable().comment('install or demo.');
      table.timestamp('installed_at', { useTz: true }).notNullable().comment('When it was done.');
      table.primary(['platform_id', 'plugin', 'step']);
    },
    allow: ['select', 'insert'],
  });
});

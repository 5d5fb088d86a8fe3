import { defineMigration } from '../../database/migration.js';

/** How far jobs are that say so. */
export const jobProgressMigration = defineMigration('20261122_job_progress', (m) => {
  m.systemTable('core_job_progress', {
    comment: 'How far a job is; kept for a day after its end, so that its page can say so.',
    columns: (table) => {
      table.bigInteger('id').primary().comment('Id of the job in the queue.');
      table.uuid('platform_id').notNullable().comment('Platform that the job belongs to.');
      table.text('task').notNullable().comment('Name of the job.');
      table.text('module').notNullable().comment('Code of its module.');
      table.integer('done').notNullable().comment('Steps that are done.');
      table.integer('total').comment('Steps in all; null: not known.');
      table.text('text').comment('What it does at the moment, for people.');
      table.timestamp('reported_at').notNullable().comment('When it said so last.');
      table
        .timestamp('finished_at')
        .comment('When it ended well; null: it runs, or waits to be tried again.');
      table.index(['platform_id', 'id']);
    },
  });
});

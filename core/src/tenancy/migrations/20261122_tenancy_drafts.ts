import { defineMigration } from '../../database/migration.js';

/** Platforms that somebody has begun to describe. */
export const draftsMigration = defineMigration('20261122_tenancy_drafts', (m) => {
  m.platformTable('core_platform_draft', {
    comment:
      'A platform that is being described step by step; owned by the administration above all platforms. Its id becomes the platform’s.',
    columns: (t) => {
      t.uuid('author_id').notNullable().comment('Who describes it; nobody else goes on with it.');
      t.jsonb('answers').notNullable().comment('What was entered so far, each step checked.');
      t.timestamp('updated_at').notNullable().comment('When a step was entered last.');
    },
    indexes: [['author_id', 'updated_at']],
  });
});

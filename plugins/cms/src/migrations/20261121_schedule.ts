import { defineMigration } from '@wizamart/core';

export const schedule = defineMigration('20261121_schedule', (m) => {
  for (const table of ['cms_platform_page', 'cms_store_page']) {
    m.alter(table, (page) => {
      page
        .timestamp('publish_at', { useTz: true })
        .comment('From when visitors see the draft; null: when somebody publishes it.');
      page
        .timestamp('unpublish_at', { useTz: true })
        .comment('From when visitors see the page no more; null: until somebody takes it away.');
      page
        .integer('preview_serial')
        .notNullable()
        .defaultTo(0)
        .comment(
          'Counts how often the preview links of the page were revoked; those of other counts are void.',
        );
      page.check('publish_at is null or draft_version is not null', [], `${table}_publish_at`);
      page.check(
        'unpublish_at is null or live_version is not null or publish_at is not null',
        [],
        `${table}_unpublish_at`,
      );
      page.check('unpublish_at > publish_at', [], `${table}_unpublish_follows`);
    });
  }
  m.sql(
    'CREATE INDEX cms_store_page_due ON cms_store_page (platform_id, least(publish_at, unpublish_at)) WHERE publish_at IS NOT NULL OR unpublish_at IS NOT NULL',
  );
  m.sql(
    `COMMENT ON INDEX cms_store_page_due IS 'Across tenants: the sweep looks for what is due in all stores of a platform.'`,
  );
});

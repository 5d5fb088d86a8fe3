import { defineMigration } from '../../../database/migration.js';
import { administers, ownRow } from '../../../database/migrations/policies.js';

/** Tiers of platforms, and what single merchants have beside their tier. */
export const entitlementsMigration = defineMigration('20261120_entitlements', (m) => {
  m.platformTable('core_tier', {
    comment: 'A level of subscription on a platform: features and limits of the merchants that have it.',
    key: ['code'],
    references: [{ columns: ['platform_id'], table: 'core_platform', of: 'root', onDelete: 'cascade' }],
    columns: (t) => {
      t.text('code').notNullable().comment('snake_case; merchants refer to it.');
      t.text('name').notNullable().comment('For people.');
      t.integer('position').notNullable().comment('Ascending: a higher tier has the higher number.');
      t.specificType('features', 'text[]')
        .notNullable()
        .comment('All of them: nothing is inherited when reading.');
      t.jsonb('limits').notNullable().comment('Limit code → number; a code that is left out is unlimited.');
    },
  });
  m.merchantTable('core_entitlement_override', {
    comment: 'A feature or a limit that a merchant has on a platform beside its tier: add-ons, support.',
    key: ['platform_id', 'kind', 'code', 'source'],
    references: [
      {
        columns: ['platform_id'],
        table: 'core_merchant_platform',
        target: ['platform_id'],
        onDelete: 'cascade',
      },
    ],
    columns: (t) => {
      t.uuid('platform_id').notNullable();
      t.text('kind').notNullable().comment('feature or limit.');
      t.text('code').notNullable().comment('Of the feature or limit.');
      t.bigInteger('value').comment(
        'Of a limit: the number instead of the tier’s; null: unlimited. Of a feature: null.',
      );
      t.text('source').notNullable().comment('Who gave it, e.g. support or addon:extra-pages.');
      t.timestamp('until').comment('Ends by itself; null: stays.');
    },
  });
  const samePlatform = ownRow('platform_id', 'platform');
  m.sql(
    `create policy core_entitlement_override_same_platform on core_entitlement_override as restrictive for all to app_serve using (${samePlatform}) with check (${samePlatform})`,
  );
  // A merchant may read what it has, but not give itself more.
  m.sql(
    `create policy core_entitlement_override_given on core_entitlement_override as restrictive for insert to app_serve with check (${administers})`,
  );
  m.sql(
    `create policy core_entitlement_override_changed on core_entitlement_override as restrictive for update to app_serve using (${administers}) with check (${administers})`,
  );
  m.sql(
    `create policy core_entitlement_override_withdrawn on core_entitlement_override as restrictive for delete to app_serve using (${administers})`,
  );
  // Nor a higher tier; locking its row, as claims do, is none of these.
  m.sql(
    `create policy core_merchant_platform_tier_changed on core_merchant_platform as restrictive for update to app_serve using (true) with check (${administers})`,
  );
  m.sql(
    `create policy core_merchant_platform_tier_given on core_merchant_platform as restrictive for insert to app_serve with check (tier_code is null or ${administers})`,
  );
  m.sql(
    "alter table core_entitlement_override add constraint core_entitlement_override_kind check (kind in ('feature', 'limit') and (kind = 'limit' or value is null) and value >= 0)",
  );
});

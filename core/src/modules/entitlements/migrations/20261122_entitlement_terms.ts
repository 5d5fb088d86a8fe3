import { defineMigration } from '../../../database/migration.js';
import { ownRow } from '../../../database/migrations/policies.js';

/** What a merchant bought of a tier, what is added to its limits, and what it has used in a month. */
export const entitlementTermsMigration = defineMigration('20261122_entitlement_terms', (m) => {
  m.alter('core_merchant_platform', (t) => {
    t.jsonb('tier_terms').comment(
      'The tier as the merchant bought it: name, position, features, limits; null: as the platform’s tier says today.',
    );
    t.timestamp('usage_anchor').comment(
      'What is limited per month is counted in months from this day; null: calendar months.',
    );
  });
  m.sql(
    'alter table core_merchant_platform add constraint core_merchant_platform_terms check (tier_terms is null or tier_code is not null)',
  );
  m.sql('alter table core_entitlement_override drop constraint core_entitlement_override_kind');
  m.sql(
    `alter table core_entitlement_override add constraint core_entitlement_override_kind
      check (value >= 0 and case kind when 'limit' then true when 'feature' then value is null when 'extra' then value is not null else false end)`,
  );
  m.sql(
    "comment on column core_entitlement_override.kind is 'feature, limit (instead of the tier’s) or extra (added to it).'",
  );
  m.merchantTable('core_usage_counter', {
    comment:
      'How much of a limit per month a merchant has used on a platform; a month without a row: nothing.',
    key: ['platform_id', 'code', 'period_start'],
    references: [{ columns: ['platform_id'], table: 'core_merchant_platform', target: ['platform_id'] }],
    columns: (t) => {
      t.uuid('platform_id').notNullable();
      t.text('code').notNullable().comment('Of the limit.');
      t.timestamp('period_start').notNullable().comment('When the month began.');
      t.bigInteger('used').notNullable().comment('Counts up only: what is deleted stays used.');
      t.check('used >= 0', [], 'core_usage_counter_used');
    },
  });
  const samePlatform = ownRow('platform_id', 'platform');
  m.sql(
    `create policy core_usage_counter_same_platform on core_usage_counter as restrictive for all to app_serve using (${samePlatform}) with check (${samePlatform})`,
  );
  m.grantDirectory('core_usage_counter');
});

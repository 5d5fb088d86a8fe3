import { defineMigration } from '../../../database/migration.js';

/** Tiers that are given to nobody any more, the one that merchants have without one, and why somebody has more. */
export const tiersMigration = defineMigration('20261122_tiers', (m) => {
  m.alter('core_tier', (t) => {
    t.boolean('is_default')
      .notNullable()
      .defaultTo(false)
      .comment('Merchants without a tier have this one; at most one per platform, none: the host’s.');
    t.timestamp('archived_at').comment('Given to nobody since then; who has it keeps it. Null: offered.');
  });
  m.sql('create unique index core_tier_one_default on core_tier (platform_id) where is_default');
  m.sql(
    'alter table core_tier add constraint core_tier_default_offered check (not is_default or archived_at is null)',
  );
  m.alter('core_entitlement_override', (t) => {
    t.text('reason').comment('Why it was given, in words for administrators; null: the source says it.');
    t.timestamp('given_at').comment('When it was given last; null: before this was written down.');
  });
  m.sql('create index core_merchant_platform_tier on core_merchant_platform (platform_id, tier_code)');
  m.sql(
    "comment on index core_merchant_platform_tier is 'Across tenants: administrators count who has a tier'",
  );
});

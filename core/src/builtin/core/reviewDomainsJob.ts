import { z } from 'zod';
import { defineJob, type JobDefinition } from '../../kernel/job.js';
import { asStore } from '../../tenancy/asTenant.js';
import type { CoreParts } from './CoreParts.js';

/** Once a day looks at every custom domain of a platform: is it still proved, and does the tier still include it? */
export const reviewDomainsJob = ({ database, tenants, domains, attribution }: CoreParts): JobDefinition =>
  defineJob({
    name: 'core.reviewDomains',
    input: z.object({}),
    schedule: '40 4 * * *',
    run: async (ctx) => {
      const stores = await database.system((tx) =>
        tx.query<{ store_id: string }>(
          "select distinct store_id from core_store_domain where platform_id = $1 and status <> 'released'",
          [ctx.platform.id],
        ),
      );
      for (const { store_id: id } of stores) {
        const store = await tenants.storeById(ctx.platform, id);
        if (!store) continue;
        try {
          const inStore = asStore(ctx, store);
          await domains.reconcile(inStore);
          for (const domain of await domains.list(inStore))
            if (domain.status === 'active') await domains.verify(inStore, domain.id);
        } catch (error) {
          // One store's domain must not keep the others from being looked at.
          attribution.report({
            plugin: 'core',
            platform: ctx.platform.code,
            during: `the review of the domains of store ${store.code}`,
            error,
          });
        }
      }
    },
  });

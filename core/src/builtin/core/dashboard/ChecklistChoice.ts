import type { Database } from '../../../database/Database.js';
import { NotFound } from '../../../errors/common.js';
import type { TenantContext } from '../../../kernel/context.js';
import { StoreOnPlatform } from '../../../tenancy/models/StoreOnPlatform.js';

/** Whether the staff of a store put the set-up checklist away, on the platform of the context. */
export class ChecklistChoice {
  constructor(private readonly database: Database) {}

  isHidden(ctx: TenantContext): Promise<boolean> {
    return this.database.unit(ctx, async (inside) => {
      const place = await StoreOnPlatform.in(inside).findOne({ platformId: ctx.platform.id });
      return place?.settings['checklistHidden'] === true;
    });
  }

  set(ctx: TenantContext, isHidden: boolean): Promise<void> {
    return this.database.unit(ctx, async (inside) => {
      const here = { platformId: ctx.platform.id };
      const place = await StoreOnPlatform.in(inside).findOne(here).forUpdate();
      if (!place) throw new NotFound({ what: 'This store on this platform' });
      await StoreOnPlatform.in(inside)
        .findOne(here)
        .patch({ settings: { ...place.settings, checklistHidden: isHidden } });
    });
  }
}

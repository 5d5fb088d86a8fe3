import type { ChecklistItem } from '../../../kernel/dashboard.js';
import type { TenantContext } from '../../../kernel/context.js';
import { oncePerContext } from '../../../kernel/oncePerContext.js';
import { contactOf } from '../settings/contact.js';
import type { CoreParts } from '../CoreParts.js';

/** What every store has to set up, whatever modules are on. */
export const coreChecklist = ({ stores }: CoreParts): readonly ChecklistItem[] => {
  const own = oncePerContext(async (ctx: TenantContext) => ctx.store && stores.get(ctx, ctx.store.id));
  return [
    {
      code: 'contact',
      order: 100,
      label: 'core.checklist.contact',
      text: 'core.checklist.contactText',
      path: '/settings',
      permission: 'core.settings.view',
      done: async (ctx) => {
        const store = await own(ctx);
        return store !== null && contactOf(store).email !== '';
      },
    },
    {
      code: 'theme',
      order: 200,
      label: 'core.checklist.theme',
      text: 'core.checklist.themeText',
      path: '/theme',
      permission: 'core.theme.view',
      done: async (ctx) => (await own(ctx))?.theme != null,
    },
  ];
};

import type { ChecklistItem } from '../../../kernel/dashboard.js';
import { contactOf } from '../settings/contact.js';
import type { CoreParts } from '../CoreParts.js';

/** What every store has to set up, whatever modules are on. */
export const coreChecklist = ({ stores, themes }: CoreParts): readonly ChecklistItem[] => [
  {
    code: 'contact',
    order: 100,
    label: 'core.checklist.contact',
    text: 'core.checklist.contactText',
    path: '/settings',
    permission: 'core.settings.view',
    done: async (ctx) => ctx.store !== null && contactOf(await stores.get(ctx, ctx.store.id)).email !== '',
  },
  {
    code: 'theme',
    order: 200,
    label: 'core.checklist.theme',
    text: 'core.checklist.themeText',
    path: '/theme',
    permission: 'core.theme.view',
    done: async (ctx) => (await themes.state(ctx)).live !== null,
  },
];

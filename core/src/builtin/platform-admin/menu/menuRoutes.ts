import { z } from 'zod';
import { defineRoute, type RouteDefinition } from '../../../kernel/route.js';
import { MenuChanged, MenuItemMandatory, MenuItemUnknown } from '../../../modules/menu/errors.js';
import { MENU_SURFACES } from '../../../modules/menu/MenuChoices.js';
import type { CoreParts } from '../../core/CoreParts.js';

const surface = z.enum(MENU_SURFACES);
const item = z.string().min(1).max(80);
const output = z.object({
  surface,
  version: z.string(),
  items: z.array(
    z.object({
      code: z.string(),
      module: z.string(),
      label: z.string(),
      section: z.string(),
      icon: z.string(),
      isMandatory: z.boolean(),
      isHidden: z.boolean(),
    }),
  ),
});

/** A platform's menus through the API. */
export const menuRoutes = ({ menus }: CoreParts): RouteDefinition[] => [
  defineRoute({
    method: 'GET',
    path: '/menu/:surface',
    surface: 'admin',
    kind: 'api',
    access: 'platform-admin.menu.view',
    summary: 'The menu of a surface as the platform arranged it, hidden items too',
    input: z.object({ surface }),
    output,
    example: { surface: 'store' },
    handle: (ctx, input) => menus.list(ctx, input.surface),
  }),
  defineRoute({
    method: 'PUT',
    path: '/menu/:surface',
    surface: 'admin',
    kind: 'api',
    access: 'platform-admin.menu.edit',
    summary: 'Hide, show and order the items of a surface’s menu; pages of hidden items answer 404',
    input: z.object({
      surface,
      hidden: z.array(item).max(300).default([]),
      order: z.array(item).max(300).default([]),
      version: z.string().max(20).optional(),
    }),
    output,
    errors: [MenuItemUnknown, MenuItemMandatory, MenuChanged],
    example: { surface: 'store', hidden: [], order: [] },
    handle: (ctx, input) => menus.save(ctx, input),
  }),
];

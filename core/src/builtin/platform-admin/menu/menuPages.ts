import { z } from 'zod';
import { flash } from '../../../http/flash/flash.js';
import {
  defineRoute,
  redirect,
  view,
  type Redirect,
  type RouteContext,
  type RouteDefinition,
  type View,
} from '../../../kernel/route.js';
import { MenuChanged } from '../../../modules/menu/errors.js';
import { MENU_SURFACES, type MenuSurface } from '../../../modules/menu/MenuChoices.js';
import type { CoreParts } from '../../core/CoreParts.js';
import { menuView } from './menuView.js';
import { moved } from './moved.js';

const surface = z.enum(MENU_SURFACES);
const codes = z
  .union([z.string().max(80), z.array(z.string().max(80)).max(300)])
  .default([])
  .transform((given) => [given].flat());

/** Arranging the platform's menus: which items there are, and in which order. */
export const menuPages = (parts: CoreParts): RouteDefinition[] => [
  defineRoute({
    method: 'GET',
    path: '/menu',
    surface: 'admin',
    kind: 'page',
    access: 'platform-admin.menu.view',
    menu: 'menu-settings',
    input: z.object({ surface: surface.catch('store') }),
    handle: (ctx, input) => page(parts, ctx, input.surface),
  }),
  defineRoute({
    method: 'POST',
    path: '/menu',
    surface: 'admin',
    kind: 'page',
    access: 'platform-admin.menu.edit',
    menu: 'menu-settings',
    // `order` names every item as it stands, `shown` those that are ticked, `move` the button that was used: `code:up`.
    input: z.object({
      surface,
      version: z.string().max(20),
      order: codes,
      shown: codes,
      move: z.string().max(90).optional(),
    }),
    handle: (ctx, input) => save(parts, ctx, input),
  }),
];

interface Sent {
  readonly surface: MenuSurface;
  readonly version: string;
  readonly order: readonly string[];
  readonly shown: readonly string[];
  readonly move?: string | undefined;
}

async function save(
  parts: CoreParts,
  ctx: RouteContext,
  { surface, version, order, shown, move }: Sent,
): Promise<View | Redirect> {
  const { items } = await parts.menus.list(ctx, surface);
  const mandatory = new Set(items.flatMap(({ code, isMandatory }) => (isMandatory ? [code] : [])));
  const hidden = order.filter((code) => !shown.includes(code) && !mandatory.has(code));
  try {
    await parts.menus.save(ctx, { surface, version, hidden, order: moved(items, order, move) });
  } catch (error) {
    if (error instanceof MenuChanged) return page(parts, ctx, surface, new Set(hidden), 409);
    throw error;
  }
  const moving = move?.split(':')[0];
  const here = `${ctx.links.to('admin', '/menu')}?surface=${surface}`;
  return redirect(
    moving === undefined ? here : `${here}#item-${moving}`,
    303,
    flash(ctx, { kind: 'success', key: 'core.menuSettings.saved' }),
  );
}

async function page(
  parts: CoreParts,
  ctx: RouteContext,
  surface: MenuSurface,
  hidden?: ReadonlySet<string>,
  status = 200,
): Promise<View> {
  return view('core/menu-settings', await menuView(parts, ctx, surface, hidden), { status });
}

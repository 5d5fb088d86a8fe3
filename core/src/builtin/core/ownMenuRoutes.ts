import { z } from 'zod';
import { flash } from '../../http/flash/flash.js';
import { defineRoute, redirect, view, type RouteContext, type RouteDefinition } from '../../kernel/route.js';
import { MenuItemMandatory, MenuItemUnknown } from '../../modules/menu/errors.js';
import { itemKey, type MenuSurface } from '../../modules/menu/MenuChoices.js';
import { GLOBAL_PLATFORM } from '../../tenancy/globalPlatform.js';
import type { CoreParts } from './CoreParts.js';

const item = z.string().min(1).max(80);
const choice = z.enum(['shown', 'pinned', 'hidden']);

/** A person's own menu: what they pin to its head, and what they leave out. */
export const ownMenuRoutes = (parts: CoreParts): RouteDefinition[] =>
  (['admin', 'store'] as const).flatMap((surface) => {
    const place = {
      surface,
      access: 'signed-in',
      ...(surface === 'admin' ? { scope: 'both' as const } : {}),
    };
    return [
      defineRoute({
        ...place,
        method: 'GET',
        path: '/own-menu',
        kind: 'page',
        handle: async (ctx) =>
          view('core/own-menu', {
            action: ctx.links.to(surface, '/own-menu'),
            items: await itemsOf(parts, ctx, surface),
          }),
      }),
      defineRoute({
        ...place,
        method: 'POST',
        path: '/own-menu',
        kind: 'page',
        input: z.object({ items: z.record(item, choice).default({}) }),
        handle: async (ctx, { items }) => {
          const chosen = (wanted: string): string[] =>
            Object.entries(items).flatMap(([code, given]) => (given === wanted ? [code] : []));
          await parts.menus.saveOwn(ctx, { surface, hidden: chosen('hidden'), pinned: chosen('pinned') });
          return redirect(
            ctx.links.to(surface, '/own-menu'),
            303,
            flash(ctx, { kind: 'success', key: 'core.ownMenu.saved' }),
          );
        },
      }),
      defineRoute({
        ...place,
        method: 'PUT',
        path: '/own-menu',
        kind: 'api',
        status: 204,
        summary: 'Arrange one’s own menu; it tidies only, pages left out of it answer as before',
        input: z.object({
          hidden: z.array(item).max(300).default([]),
          pinned: z.array(item).max(300).default([]),
        }),
        errors: [MenuItemUnknown, MenuItemMandatory],
        example: { hidden: [], pinned: ['dashboard'] },
        handle: (ctx, input) => parts.menus.saveOwn(ctx, { surface, ...input }),
      }),
    ];
  });

async function itemsOf(
  { menus, entitlements, translator }: CoreParts,
  ctx: RouteContext,
  surface: MenuSurface,
): Promise<object[]> {
  const words = translator.words(ctx.language, ctx.platform.defaultLanguage);
  const features = await entitlements.features(ctx);
  const { items, own } = await menus.own(ctx, surface, {
    scope: ctx.platform === GLOBAL_PLATFORM ? 'global' : 'platform',
    hasFeature: (feature) => features.has(feature),
  });
  return items.map(({ code, label, icon, mandatory }) => {
    const key = itemKey(surface, code);
    const current = own.pinned.has(key) ? 'pinned' : own.hidden.has(key) ? 'hidden' : 'shown';
    return {
      name: `items.${code}`,
      label: words.text(label),
      symbol: icon,
      current,
      choices: choice.options
        .filter((option) => option !== 'hidden' || mandatory !== true)
        .map((option) => ({ value: option, label: words.text(`core.ownMenu.${option}`) })),
    };
  });
}

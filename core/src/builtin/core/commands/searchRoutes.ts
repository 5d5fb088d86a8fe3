import { z } from 'zod';
import {
  defineRoute,
  view,
  type RouteContext,
  type RouteDefinition,
  type View,
} from '../../../kernel/route.js';
import type { CoreParts } from '../CoreParts.js';
import { CommandPalette, type CommandGroup } from './CommandPalette.js';

const input = z.object({ q: z.string().trim().max(100).default('') });
const output = z.object({
  groups: z.array(
    z.object({
      label: z.string(),
      items: z.array(
        z.object({ label: z.string(), detail: z.string().nullable(), href: z.string(), icon: z.string() }),
      ),
    }),
  ),
});

/** The search of the dashboards: a page of its own, whose results the command palette shows as one types. */
export const searchRoutes = (parts: CoreParts): RouteDefinition[] => {
  const palette = new CommandPalette(parts);
  const find = async (ctx: RouteContext, q: string): Promise<z.output<typeof output>> => ({
    groups: (await palette.search(ctx, q)).map((group) => shown(parts, ctx, group)),
  });
  const page = async (ctx: RouteContext, { q }: z.output<typeof input>): Promise<View> => {
    const { groups } = await find(ctx, q);
    const count = groups.reduce((sum, { items }) => sum + items.length, 0);
    return view('core/search', { q, groups, count, action: ctx.links.to(surfaceOf(ctx), '/search') });
  };
  return (['admin', 'store'] as const).flatMap((surface) => {
    const place = {
      surface,
      access: 'signed-in',
      ...(surface === 'admin' ? { scope: 'both' as const } : {}),
    };
    return [
      defineRoute({ ...place, method: 'GET', path: '/search', kind: 'page', input, handle: page }),
      defineRoute({
        ...place,
        method: 'GET',
        path: '/search',
        kind: 'api',
        summary: 'Pages, tenants, settings and what modules find, as far as one may see it',
        input,
        output,
        example: { q: 'settings' },
        handle: (ctx, { q }) => find(ctx, q),
      }),
    ];
  });
};

const surfaceOf = (ctx: RouteContext): 'admin' | 'store' => (ctx.surface === 'store' ? 'store' : 'admin');

function shown(
  { translator }: CoreParts,
  ctx: RouteContext,
  { label, items }: CommandGroup,
): z.output<typeof output>['groups'][number] {
  return {
    label: translator.t(ctx.language, label, undefined, ctx.platform.defaultLanguage),
    items: items.map((item) => ({
      label: item.label,
      detail: item.detail ?? null,
      href: ctx.links.to(surfaceOf(ctx), item.path),
      icon: item.icon,
    })),
  };
}

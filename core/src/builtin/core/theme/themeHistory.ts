import { z } from 'zod';
import { flash } from '../../../http/flash/flash.js';
import { defineRoute, redirect, view, type RouteDefinition } from '../../../kernel/route.js';
import { themeChange } from '../../../tenancy/theme/themeChange.js';
import type { ThemeVersion } from '../../../tenancy/theme/Themes.js';
import { pageInput } from '../../listInput.js';
import { paginationOf } from '../../pagination.js';
import type { CoreParts } from '../CoreParts.js';
import { deskHref, type ThemeDesk } from './ThemeDesk.js';

/** What was live before, with what changed; an earlier one becomes the draft again. */
export function themeHistoryPages({ themes }: CoreParts, desk: ThemeDesk): RouteDefinition[] {
  const common = { surface: desk.surface, kind: 'page', menu: desk.menu } as const;
  return [
    defineRoute({
      ...common,
      method: 'GET',
      path: `${desk.base}/history`,
      access: desk.permissions.view,
      input: pageInput,
      handle: async (ctx, { page, perPage }) => {
        // One more than is shown: what the last of them changed is told by the one before it.
        const [history, { revision }] = [
          await themes.history(ctx, { page, perPage }),
          await themes.state(ctx),
        ];
        const last = history.items.at(-1);
        const before = last && last.number > 1 ? await themes.version(ctx, last.number - 1) : undefined;
        const all = [...history.items, ...(before ? [before] : [])];
        const address = deskHref(ctx, desk, '/history');
        const { actor } = ctx;
        return view('core/theme-history', {
          titleKey: `core.theme.title.${desk.surface}`,
          editorHref: deskHref(ctx, desk),
          restoreAction: deskHref(ctx, desk, '/restore'),
          mayEdit: actor.kind === 'user' && actor.permissions.has(desk.permissions.edit),
          revision,
          versions: history.items.map((version, index) =>
            versionView(version, all[index + 1], version.number === history.total),
          ),
          pagination: paginationOf(history, address),
        });
      },
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path: `${desk.base}/restore`,
      access: desk.permissions.edit,
      input: z.object({
        number: z.coerce.number().int().min(1).max(1_000_000),
        revision: z.coerce.number().int().min(0),
      }),
      handle: async (ctx, input) => {
        await themes.restore(ctx, input);
        return redirect(
          deskHref(ctx, desk),
          303,
          flash(ctx, { kind: 'success', key: 'core.theme.done.restored' }),
        );
      },
    }),
  ];
}

function versionView(
  { number, theme, publishedAt, publishedBy }: ThemeVersion,
  before: ThemeVersion | undefined,
  isLive: boolean,
): Record<string, unknown> {
  const { from, to } = themeChange(before?.theme ?? null, theme);
  return {
    number,
    name: theme?.name ?? null,
    publishedAt,
    publishedBy,
    isLive,
    changes: before
      ? [...new Set([...Object.keys(from), ...Object.keys(to)])].map((field) => ({
          field,
          from: textOf(from[field]),
          to: textOf(to[field]),
        }))
      : [],
  };
}

const textOf = (value: unknown): string | null =>
  value === undefined || value === null ? null : String(value);

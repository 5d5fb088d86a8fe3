import { z } from 'zod';
import { NotFound } from '../../../errors/common.js';
import type { AuditEntry, AuditFilter } from '../../../identity/audit/AuditEntry.js';
import { defineRoute, raw, view, type RouteContext, type RouteDefinition } from '../../../kernel/route.js';
import { searchInput } from '../../listInput.js';
import { paginationOf } from '../../pagination.js';
import type { CoreParts } from '../CoreParts.js';
import { trailLines, type TrailLine } from '../trail/trailLines.js';
import { activityCsv, entryView } from './activityView.js';

const day = z
  .union([z.literal(''), z.iso.date()])
  .default('')
  .catch('');
const input = searchInput.extend({ since: day, until: day });
type Input = z.output<typeof input>;

/** Rows of one file; who needs more asks for a shorter time. */
const MOST_ROWS = 5_000;

/** What was changed in a store, by whom, from what to what. */
export const activityRoutes = (parts: CoreParts): RouteDefinition[] => {
  const { audit, translator } = parts;
  const common = {
    method: 'GET',
    surface: 'store',
    kind: 'page',
    access: 'core.activity.view',
    menu: 'activity',
  } as const;
  const t = (ctx: RouteContext, key: string): string =>
    translator.t(ctx.language, key, undefined, ctx.platform.defaultLanguage);
  return [
    defineRoute({
      ...common,
      path: '/activity',
      input,
      handle: async (ctx, query) => {
        if (!ctx.store) throw new NotFound({});
        const found = await audit.list(ctx, filterOf(query));
        const lines = await trailLines(parts, ctx, found.items);
        const address = ctx.links.to('store', '/activity');
        const { q, since, until } = query;
        return view('core/activity', {
          action: address,
          q,
          since,
          until,
          isFiltered: q !== '' || since !== '' || until !== '',
          csvHref: `${ctx.links.to('store', '/activity.csv')}?${new URLSearchParams({ q, since, until }).toString()}`,
          entries: found.items.map((entry, index) => entryView(entry, lines[index] as TrailLine)),
          total: found.total,
          pagination: paginationOf(found, address, { q, since, until }),
        });
      },
    }),
    defineRoute({
      ...common,
      path: '/activity.csv',
      input: input.omit({ page: true, perPage: true }),
      handle: async (ctx, query) => {
        if (!ctx.store) throw new NotFound({});
        const entries: AuditEntry[] = [];
        for (let page = 1; entries.length < MOST_ROWS; page++) {
          const found = await audit.list(ctx, filterOf({ ...query, page, perPage: 100 }));
          entries.push(...found.items);
          if (found.items.length < 100) break;
        }
        const head = ['when', 'who', 'happened', 'code', 'subject', 'change'].map((key) =>
          t(ctx, `core.audit.${key}`),
        );
        return raw(activityCsv(head, entries, await trailLines(parts, ctx, entries)), {
          headers: {
            'Content-Type': 'text/csv; charset=utf-8',
            'Content-Disposition': `attachment; filename="activity-${ctx.store.code}.csv"`,
            'Cache-Control': 'no-store',
          },
        });
      },
    }),
  ];
};

/** Days are whole ones, also the last. */
function filterOf({ q, since, until, page, perPage }: Input): AuditFilter {
  return {
    page,
    perPage,
    ...(q === '' ? {} : { q }),
    ...(since === '' ? {} : { since: new Date(`${since}T00:00:00Z`) }),
    ...(until === '' ? {} : { until: new Date(new Date(`${until}T00:00:00Z`).getTime() + 86_400_000) }),
  };
}

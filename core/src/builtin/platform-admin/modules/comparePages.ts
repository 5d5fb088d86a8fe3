import { z } from 'zod';
import { defineRoute, view, type RouteDefinition } from '../../../kernel/route.js';
import type { CoreParts } from '../../core/CoreParts.js';
import { csvFile } from '../../views/csv.js';
import { compareModules } from './compareView.js';
import { moduleTexts } from './moduleTexts.js';

const KINDS = { core: 'info', on: 'success', off: 'neutral', absent: 'neutral' } as const;
const input = z.object({ show: z.enum(['all', 'differences']).catch('all') });

/** All modules beside all platforms. */
export const comparePages = (parts: CoreParts): RouteDefinition[] => [
  defineRoute({
    method: 'GET',
    path: '/modules/compare',
    surface: 'admin',
    scope: 'global',
    kind: 'page',
    access: 'signed-in',
    menu: 'module-compare',
    input,
    handle: async (ctx, { show }) => {
      const { words } = moduleTexts(parts, ctx);
      const { platforms, rows } = await compareModules(parts, ctx, show === 'differences');
      const here = ctx.links.to('admin', '/modules/compare');
      const all = show === 'all' ? rows.length : (await compareModules(parts, ctx, false)).rows.length;
      const differing =
        show === 'differences'
          ? rows.length
          : rows.filter(({ standings }) => new Set(standings).size > 1).length;
      return view('core/module-compare', {
        tabs: [
          {
            label: words.text('core.modules.compare.all'),
            href: here,
            isCurrent: show === 'all',
            count: all,
          },
          {
            label: words.text('core.modules.compare.differences'),
            href: `${here}?show=differences`,
            isCurrent: show === 'differences',
            count: differing,
          },
        ],
        csvHref: `${here}.csv?show=${show}`,
        platforms: platforms.map(({ code, name }) => ({
          name,
          modulesHref: ctx.links.to('admin', `/platforms/${code}/modules`),
        })),
        rows: rows.map(({ code, name, group, standings }) => ({
          code,
          name,
          group,
          standings: standings.map((standing) => ({
            text: words.text(`core.modules.standing.${standing}`),
            kind: KINDS[standing],
            isAbsent: standing === 'absent',
          })),
        })),
        here,
      });
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/modules/compare.csv',
    surface: 'admin',
    scope: 'global',
    kind: 'page',
    access: 'signed-in',
    menu: 'module-compare',
    input,
    handle: async (ctx, { show }) => {
      const { platforms, rows } = await compareModules(parts, ctx, show === 'differences');
      return csvFile('modules', [
        ['module', 'name', ...platforms.map(({ code }) => code)],
        ...rows.map(({ code, name, standings }) => [code, name, ...standings]),
      ]);
    },
  }),
];

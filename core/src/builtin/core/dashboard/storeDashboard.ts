import { z } from 'zod';
import { NotFound } from '../../../errors/common.js';
import { flash } from '../../../http/flash/flash.js';
import {
  defineRoute,
  redirect,
  view,
  type RouteContext,
  type RouteDefinition,
} from '../../../kernel/route.js';
import type { CoreParts } from '../CoreParts.js';
import { ChecklistChoice } from './ChecklistChoice.js';
import { arrange } from './arrange.js';
import { loadChecklist, loadFigures, loadTodos, loadWidgets } from './loadParts.js';
import { planNotice } from './planNotice.js';

/** First page of a store's staff: what is to be set up and done, how it goes, and what modules add. */
export function storeDashboardRoutes(parts: CoreParts): RouteDefinition[] {
  const choice = new ChecklistChoice(parts.database);
  return [
    defineRoute({
      method: 'GET',
      path: '/dashboard',
      surface: 'store',
      kind: 'page',
      access: 'core.dashboard.view',
      menu: 'dashboard',
      handle: async (ctx) => {
        if (!ctx.store) throw new NotFound({});
        const [plan, steps, figures, todos, widgets] = await Promise.all([
          planNotice(parts, ctx),
          loadChecklist(parts, ctx),
          loadFigures(parts, ctx, 'store'),
          loadTodos(parts, ctx),
          loadWidgets(parts, ctx, 'store'),
        ]);
        const done = steps.filter(({ isDone }) => isDone).length;
        // What is not done yet is shown in any case.
        const isHidden = done === steps.length && (await choice.isHidden(ctx));
        const checklist = isHidden ? [] : steps;
        return view('core/dashboard-store', {
          partOfDay: partOfDay(ctx),
          storefrontHref: ctx.links.to('storefront', '/'),
          plan,
          checklist,
          next: checklist.find((step) => !step.isDone) ?? null,
          done,
          isAllDone: done === steps.length,
          hideAction: ctx.links.to('store', '/dashboard/checklist'),
          todos,
          parts: arrange({ figures, widgets, hasMain: checklist.length > 0 || todos.length > 0 }),
          isEmpty: figures.length === 0 && widgets.length === 0 && todos.length === 0,
        });
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/dashboard/checklist',
      surface: 'store',
      kind: 'page',
      access: 'core.settings.edit',
      menu: 'dashboard',
      input: z.object({ hidden: z.enum(['true', 'false']) }),
      handle: async (ctx, { hidden }) => {
        await choice.set(ctx, hidden === 'true');
        const again = ctx.links.to('store', '/dashboard/checklist');
        return redirect(
          ctx.links.to('store', '/dashboard'),
          303,
          hidden === 'true'
            ? flash(ctx, {
                kind: 'success',
                key: 'core.dashboard.checklistHidden',
                undo: { action: again, fields: { hidden: 'false' } },
              })
            : {},
        );
      },
    }),
  ];
}

/** By the clocks of the tenants' country. */
function partOfDay({ now }: RouteContext): 'morning' | 'afternoon' | 'evening' {
  const hour = Number(
    new Intl.DateTimeFormat('en-GB', {
      hour: '2-digit',
      hourCycle: 'h23',
      timeZone: 'Europe/Luxembourg',
    }).format(now),
  );
  if (hour < 5 || hour >= 18) return 'evening';
  return hour < 12 ? 'morning' : 'afternoon';
}

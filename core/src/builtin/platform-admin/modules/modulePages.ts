import { z } from 'zod';
import { DomainError } from '../../../errors/defineError.js';
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
import type { ModuleChange } from '../../../modules/enablement/closure.js';
import { ModulePlanIncomplete, ModulePlanStale } from '../../../modules/enablement/errors.js';
import type { CoreParts } from '../../core/CoreParts.js';
import { moduleTexts } from './moduleTexts.js';
import { anchorOf, MODULE_FILTERS, modulesView, queryOf, type ModulesQuery } from './modulesView.js';
import type { PreviewView } from './previewView.js';
import { recentChanges } from './recentChanges.js';

const code = z.string().min(1).max(50);
/** A form sends one value bare and several as a list. */
const codes = z
  .union([code, z.array(code).max(100)])
  .default([])
  .transform((given) => [given].flat());
const query = z.object({
  q: z.string().trim().max(100).default(''),
  show: z.enum(MODULE_FILTERS).catch('all'),
});
const confirmed = query.extend({
  revision: z.coerce.number().int().min(0),
  enable: codes,
  disable: codes,
  askedEnable: codes,
  askedDisable: codes,
});
const undone = z.object({ revision: z.coerce.number().int().min(0), enable: codes, disable: codes });

/**
 * The modules page. Switches ask for a plan, which stands beside them (or, without a script, on the next page)
 * until it is confirmed.
 */
export const modulePages = (parts: CoreParts): RouteDefinition[] => [
  defineRoute({
    method: 'GET',
    path: '/modules',
    surface: 'admin',
    kind: 'page',
    access: 'platform-admin.modules.view',
    menu: 'modules',
    // `shown` and `on`: all switches of the page as they stand; `enable` and `disable`: a link that asks for one thing.
    input: query.extend({ shown: codes, on: codes, enable: codes, disable: codes }),
    handle: async (ctx, { q, show, ...given }) => page(parts, ctx, { q, show }, askedBy(parts, ctx, given)),
  }),
  defineRoute({
    method: 'POST',
    path: '/modules/apply',
    surface: 'admin',
    kind: 'page',
    access: 'platform-admin.modules.edit',
    menu: 'modules',
    input: confirmed,
    handle: (ctx, { q, show, revision, enable, disable, askedEnable, askedDisable }) =>
      change(parts, ctx, {
        change: { enable, disable, revision },
        asked: { enable: askedEnable, disable: askedDisable },
        query: { q, show },
        isUndo: false,
      }),
    invalid: (ctx) => redirect(ctx.links.to('admin', '/modules')),
  }),
  defineRoute({
    method: 'POST',
    path: '/modules/undo',
    surface: 'admin',
    kind: 'page',
    access: 'platform-admin.modules.edit',
    menu: 'modules',
    input: undone,
    handle: (ctx, given) =>
      change(parts, ctx, { change: given, asked: given, query: { q: '', show: 'all' }, isUndo: true }),
    invalid: (ctx) => redirect(ctx.links.to('admin', '/modules')),
  }),
];

const OVERTAKEN: readonly string[] = [ModulePlanStale.code, ModulePlanIncomplete.code];

interface Wanted {
  readonly change: ModuleChange & { readonly revision: number };
  /** What the person chose, without what came along. */
  readonly asked: ModuleChange;
  readonly query: ModulesQuery;
  readonly isUndo: boolean;
}

async function change(parts: CoreParts, ctx: RouteContext, wanted: Wanted): Promise<View | Redirect> {
  const { change, asked, query, isUndo } = wanted;
  try {
    const { revision } = await parts.modules.apply(ctx, change, { isUndo });
    const back = `${ctx.links.to('admin', '/modules')}${queryOf(query)}#${anchorOf(asked)}`;
    return redirect(back, 303, told(parts, ctx, change, revision, isUndo));
  } catch (error) {
    if (!(error instanceof DomainError) || error.status >= 500) throw error;
    const isOvertaken = OVERTAKEN.includes(error.code);
    const conflict = isOvertaken ? await overtaken(parts, ctx, change.revision, isUndo) : null;
    return page(parts, ctx, query, asked, conflict, error.status);
  }
}

async function overtaken(
  parts: CoreParts,
  ctx: RouteContext,
  revision: number,
  isUndo: boolean,
): Promise<PreviewView['conflict']> {
  const texts = moduleTexts(parts, ctx);
  const changes = await recentChanges(parts, ctx, 20);
  return {
    text: texts.words.text(isUndo ? 'core.modules.conflict.undo' : 'core.modules.conflict.plan'),
    changes: changes.filter((one) => one.revision !== null && one.revision > revision),
  };
}

/** Says what was done, with the way back while nothing else has changed. */
function told(
  parts: CoreParts,
  ctx: RouteContext,
  { enable, disable }: ModuleChange,
  revision: number,
  isUndo: boolean,
): Record<string, string> {
  const texts = moduleTexts(parts, ctx);
  const named = (list: readonly string[]): string => list.map((one) => texts.name(one)).join(', ');
  const kind = enable.length === 0 ? 'off' : disable.length === 0 ? 'on' : 'both';
  return flash(ctx, {
    kind: 'success',
    key: isUndo ? 'core.modules.undone' : `core.modules.turned.${kind}`,
    values: isUndo ? {} : { on: named(enable), off: named(disable), platform: ctx.platform.name },
    ...(isUndo
      ? {}
      : {
          undo: {
            action: ctx.links.to('admin', '/modules/undo'),
            fields: [
              { name: 'revision', value: String(revision) },
              ...disable.map((value) => ({ name: 'enable', value })),
              ...enable.map((value) => ({ name: 'disable', value })),
            ],
          },
        }),
  });
}

async function page(
  parts: CoreParts,
  ctx: RouteContext,
  query: ModulesQuery,
  asked: ModuleChange,
  conflict: PreviewView['conflict'] = null,
  status = 200,
): Promise<View> {
  return view('core/modules', await modulesView(parts, ctx, query, asked, conflict), { status });
}

interface Given extends ModuleChange {
  readonly shown: readonly string[];
  readonly on: readonly string[];
}

function askedBy(parts: CoreParts, ctx: RouteContext, { shown, on, enable, disable }: Given): ModuleChange {
  if (shown.length === 0) return { enable, disable };
  const current = new Set(parts.modules.list(ctx).modules.flatMap(({ code, isOn }) => (isOn ? [code] : [])));
  return {
    enable: shown.filter((one) => on.includes(one) && !current.has(one)),
    disable: shown.filter((one) => !on.includes(one) && current.has(one)),
  };
}

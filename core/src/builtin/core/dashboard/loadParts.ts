import type { FigureValue } from '../../../kernel/dashboard.js';
import type { RouteContext } from '../../../kernel/route.js';
import type { Snapshot } from '../../../kernel/snapshot/Snapshot.js';
import { isVisible } from '../../../modules/menu/visibleMenu.js';
import { money } from '../../../money/Money.js';
import { formatMoney } from '../../../money/formatMoney.js';
import { numberFormat } from '../../../render/intlFormats.js';
import type { CoreParts } from '../CoreParts.js';

type Parts = Pick<CoreParts, 'attribution' | 'entitlements' | 'translator'>;
interface Part {
  readonly code: string;
  readonly plugin: string;
  readonly permission?: string | undefined;
  readonly feature?: string | undefined;
}

/** What a module puts on a dashboard, loaded; what `isWide` stands below each other, small ones side by side. */
export interface LoadedWidget {
  readonly template: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly isWide: boolean;
}

/** Widgets of the modules that are on, by their order; one that fails is a small notice in its place. */
export async function loadWidgets(
  parts: Parts,
  ctx: RouteContext,
  surface: 'admin' | 'store',
): Promise<LoadedWidget[]> {
  const widgets = await visible(
    parts,
    ctx,
    snapshotOf(ctx).widgets.filter((widget) => widget.surface === surface),
  );
  return Promise.all(
    widgets.map(async (widget): Promise<LoadedWidget> => {
      const isWide = widget.size === 'wide';
      const data = await attempt(parts, ctx, widget, () => widget.load(ctx));
      if (data !== undefined) return { template: widget.template, data, isWide };
      return { template: 'core/widget-failed', data: { label: widget.label ?? null }, isWide };
    }),
  );
}

/** Key figures that have something to tell, as the partial `figures` takes them. */
export async function loadFigures(
  parts: Parts,
  ctx: RouteContext,
  surface: 'admin' | 'store',
): Promise<Record<string, unknown>[]> {
  const figures = await visible(
    parts,
    ctx,
    snapshotOf(ctx).figures.filter((figure) => figure.surface === surface),
  );
  const loaded = await Promise.all(
    figures.map(async (figure) => {
      const found = await attempt(parts, ctx, figure, () => figure.load(ctx));
      if (!found) return [];
      return [
        {
          label: wordOf(parts, ctx, figure.label),
          value: valueText(ctx, found.value),
          detail: found.detail ? wordOf(parts, ctx, found.detail.key, found.detail.values) : null,
          address: figure.path === undefined ? null : ctx.links.to(surface, figure.path),
        },
      ];
    }),
  );
  return loaded.flat();
}

export interface TodoView {
  readonly text: string;
  readonly href: string;
}

/** What waits for the staff, as far as the person may see it. */
export async function loadTodos(parts: Parts, ctx: RouteContext): Promise<TodoView[]> {
  const todos = await visible(parts, ctx, snapshotOf(ctx).todos);
  const loaded = await Promise.all(
    todos.map(async (todo) => {
      const count = await attempt(parts, ctx, todo, () => todo.count(ctx));
      if (!count) return [];
      return [{ text: wordOf(parts, ctx, todo.text, { count }), href: ctx.links.to('store', todo.path) }];
    }),
  );
  return loaded.flat();
}

export interface ChecklistStep {
  readonly label: string;
  readonly text: string | null;
  readonly address: string;
  readonly isDone: boolean;
}

/** Steps of setting the store up; one that cannot tell whether it is done is left out. */
export async function loadChecklist(parts: Parts, ctx: RouteContext): Promise<ChecklistStep[]> {
  const items = await visible(parts, ctx, snapshotOf(ctx).checklist);
  const loaded = await Promise.all(
    items.map(async (item) => {
      const isDone = await attempt(parts, ctx, item, () => item.done(ctx));
      if (isDone === undefined) return [];
      return [
        {
          label: wordOf(parts, ctx, item.label),
          text: item.text === undefined ? null : wordOf(parts, ctx, item.text),
          address: ctx.links.to('store', item.path),
          isDone,
        },
      ];
    }),
  );
  return loaded.flat();
}

const snapshotOf = (ctx: RouteContext): Snapshot => ctx.snapshot as Snapshot;

async function visible<Thing extends Part>(
  parts: Parts,
  ctx: RouteContext,
  things: readonly Thing[],
): Promise<Thing[]> {
  const { actor } = ctx;
  if (actor.kind !== 'user') return [];
  const features = await parts.entitlements.features(ctx);
  const viewer = { permissions: actor.permissions, hasFeature: (feature: string) => features.has(feature) };
  // Without its place in the menu: a part is not hidden because an item of the same name is.
  return things.filter(({ permission, feature }) =>
    isVisible(
      { ...(permission === undefined ? {} : { permission }), ...(feature === undefined ? {} : { feature }) },
      viewer,
    ),
  );
}

/** One module's part must not take the page from the others. */
async function attempt<Value>(
  { attribution }: Parts,
  ctx: RouteContext,
  { plugin, code }: Part,
  load: () => Promise<Value>,
): Promise<Value | undefined> {
  try {
    return await load();
  } catch (error) {
    attribution.report({
      plugin,
      platform: ctx.platform.code,
      during: `'${code}' on the dashboard`,
      error,
    });
    return undefined;
  }
}

const wordOf = (
  { translator }: Parts,
  ctx: RouteContext,
  key: string,
  values?: Readonly<Record<string, string | number>>,
): string => translator.t(ctx.language, key, values, ctx.platform.defaultLanguage);

const valueText = ({ language }: RouteContext, value: FigureValue['value']): string =>
  typeof value === 'number'
    ? numberFormat(language, 'decimal', undefined).format(value)
    : formatMoney(money(value.amountMinor, value.currency), language);

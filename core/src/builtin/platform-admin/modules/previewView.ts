import { DomainError } from '../../../errors/defineError.js';
import { sayError } from '../../../errors/saying.js';
import type { RouteContext } from '../../../kernel/route.js';
import type { Snapshot } from '../../../kernel/snapshot/Snapshot.js';
import type { ModuleChange } from '../../../modules/enablement/closure.js';
import type { ModulePlan, SurfaceImpact } from '../../../modules/enablement/ModulePlan.js';
import type { CoreParts } from '../../core/CoreParts.js';
import type { ModuleTexts } from './moduleTexts.js';
import type { ModuleChangeView } from './recentChanges.js';

/** What a change of modules would do, as the page shows it before it is confirmed. */
export interface PreviewView {
  readonly title: string;
  readonly text: string;
  /** Why it cannot be done at all; there is nothing to confirm then. */
  readonly problem: { readonly code: string; readonly message: string; readonly data?: object } | null;
  /** What others changed since the plan that was confirmed. */
  readonly conflict: { readonly text: string; readonly changes: readonly ModuleChangeView[] } | null;
  readonly also: readonly { readonly label: string; readonly modules: readonly Named[] }[];
  readonly impacts: readonly ImpactView[];
  readonly fields: readonly { readonly name: string; readonly value: string }[];
  readonly submit: string;
  readonly isDanger: boolean;
}

interface Named {
  readonly name: string;
  readonly symbol: string;
}

interface ImpactView {
  readonly label: string;
  readonly menu: readonly string[];
  readonly counts: readonly { readonly text: string; readonly items: readonly string[] }[];
}

/** The plan of a change in words; undefined where there is nothing to change. */
export async function previewView(
  parts: CoreParts,
  ctx: RouteContext,
  texts: ModuleTexts,
  asked: ModuleChange,
  conflict: PreviewView['conflict'] = null,
): Promise<PreviewView | undefined> {
  let plan: ModulePlan;
  try {
    plan = await parts.modules.plan(ctx, asked);
  } catch (error) {
    if (error instanceof DomainError && error.status < 500) return refused(texts, error, conflict);
    throw error;
  }
  if (plan.enable.length + plan.disable.length === 0) return conflict ? settled(texts, conflict) : undefined;
  return planned(parts, texts, asked, plan, conflict);
}

function planned(
  parts: CoreParts,
  texts: ModuleTexts,
  asked: ModuleChange,
  plan: ModulePlan,
  conflict: PreviewView['conflict'],
): PreviewView {
  const { words } = texts;
  const names = (codes: readonly string[]): string => codes.map((code) => texts.name(code)).join(', ');
  const asks = {
    on: names(plan.enable.filter((code) => !plan.alsoEnable.includes(code))),
    off: names(plan.disable.filter((code) => !plan.alsoDisable.includes(code))),
  };
  const count = { on: plan.enable.length, off: plan.disable.length };
  const kind = count.on === 0 ? 'off' : count.off === 0 ? 'on' : 'both';
  const named = (codes: readonly string[]): Named[] =>
    codes.map((code) => ({ name: texts.name(code), symbol: texts.icon(code) }));
  return {
    title: words.text(`core.modules.preview.${kind}`, asks),
    text: words.text(kind === 'on' ? 'core.modules.preview.textOn' : 'core.modules.preview.textOff', {
      stores: plan.impact.stores,
    }),
    problem: null,
    conflict,
    also: [
      { label: words.text('core.modules.preview.alsoOff'), modules: named(plan.alsoDisable) },
      { label: words.text('core.modules.preview.alsoOn'), modules: named(plan.alsoEnable) },
    ].filter(({ modules }) => modules.length > 0),
    impacts: [
      impactView(parts, texts, 'disappears', plan.impact.disappears, plan.disable),
      impactView(parts, texts, 'appears', plan.impact.appears, plan.enable),
    ].filter((impact) => impact !== undefined),
    fields: [
      { name: 'revision', value: String(plan.revision) },
      ...fieldsOf({ enable: plan.enable, disable: plan.disable }),
      ...fieldsOf({ askedEnable: asked.enable, askedDisable: asked.disable }),
    ],
    submit: words.text(`core.modules.preview.submit.${kind}`, count),
    isDanger: count.off > 0,
  };
}

const fieldsOf = (lists: Readonly<Record<string, readonly string[]>>): { name: string; value: string }[] =>
  Object.entries(lists).flatMap(([name, codes]) => codes.map((value) => ({ name, value })));

/** What a module's parts are called that come or go; the snapshot in which they exist knows them. */
function impactView(
  { states }: CoreParts,
  { words, feature }: ModuleTexts,
  kind: 'appears' | 'disappears',
  impact: SurfaceImpact,
  modules: readonly string[],
): ImpactView | undefined {
  const { snapshots } = states;
  const snapshot: Snapshot = snapshots.of(
    new Set(modules.flatMap((code) => [code, ...snapshots.graph.requirements(code)])),
  );
  const labels = new Map(snapshot.menu.map((item) => [`${item.surface} ${item.code}`, item]));
  const menu = impact.menuItems.map((key) => {
    const item = labels.get(key);
    const surface = key.split(' ')[0] as string;
    const label = item && words.has(item.label) ? words.text(item.label) : (item?.code ?? key);
    return words.text('core.modules.preview.menuItem', {
      label,
      surface: words.text(`core.surfaces.${surface}`),
    });
  });
  const jobs = impact.jobs.map((name) => {
    const schedule = snapshot.jobs.get(name)?.schedule;
    return schedule === undefined ? name : `${name} (${schedule})`;
  });
  const features = impact.features.map((code) => {
    const module = snapshot.features.get(code)?.plugin;
    return module === undefined ? code : feature(module, code);
  });
  const counts = (
    [
      ['pages', impact.pages],
      ['apiRoutes', impact.apiRoutes],
      ['jobs', jobs],
      ['features', features],
      ['permissions', impact.permissions],
      ['widgets', impact.widgets],
    ] as const
  )
    .filter(([, items]) => items.length > 0)
    .map(([name, items]) => ({
      text: words.text(`core.modules.preview.${name}`, { count: items.length }),
      items,
    }));
  if (menu.length + counts.length === 0) return undefined;
  return { label: words.text(`core.modules.preview.${kind}`), menu, counts };
}

const nothing = { also: [], impacts: [], fields: [], submit: '', isDanger: false } as const;

const refused = (
  { words }: ModuleTexts,
  error: DomainError,
  conflict: PreviewView['conflict'],
): PreviewView => ({
  ...nothing,
  title: words.text('core.modules.preview.refused'),
  text: '',
  problem: { code: error.code, message: sayError(error), data: error.data },
  conflict,
});

/** Somebody else has already made the change that was asked for. */
const settled = ({ words }: ModuleTexts, conflict: PreviewView['conflict']): PreviewView => ({
  ...nothing,
  title: words.text('core.modules.preview.settled'),
  text: words.text('core.modules.preview.settledText'),
  problem: null,
  conflict,
});

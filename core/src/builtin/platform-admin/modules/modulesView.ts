import type { AnyPlugin } from '../../../kernel/plugin.js';
import type { RouteContext } from '../../../kernel/route.js';
import type { ModuleChange } from '../../../modules/enablement/closure.js';
import type { ModuleListing } from '../../../modules/enablement/PlatformModules.js';
import type { AttentionItem } from '../../../modules/attention/ModuleAttention.js';
import type { CoreParts } from '../../core/CoreParts.js';
import { attentionView, type AttentionView } from './attentionView.js';
import { globalAdminHref } from './globalAdminHref.js';
import { MODULE_GROUPS, moduleTexts, type ModuleTexts } from './moduleTexts.js';
import { previewView, type PreviewView } from './previewView.js';
import { MODULE_ACTIONS, recentChanges } from './recentChanges.js';

export const MODULE_FILTERS = ['all', 'on', 'off', 'attention'] as const;
export type ModuleFilter = (typeof MODULE_FILTERS)[number];

export interface ModulesQuery {
  readonly q: string;
  readonly show: ModuleFilter;
}

interface CardView {
  readonly code: string;
  readonly name: string;
  readonly description: string;
  readonly symbol: string;
  readonly isCore: boolean;
  readonly isOn: boolean;
  /** Where the switch stands: as the module is, or as it is asked to be. */
  readonly isWanted: boolean;
  readonly tone: string;
  readonly needs: readonly string[];
  readonly usedBy: readonly string[];
  readonly version: string;
  readonly features: readonly string[];
  readonly attention: readonly AttentionView[];
  readonly settingsHref: string | null;
}

/** Everything that the modules page shows. */
export async function modulesView(
  parts: CoreParts,
  ctx: RouteContext,
  query: ModulesQuery,
  asked: ModuleChange,
  conflict: PreviewView['conflict'] = null,
): Promise<Readonly<Record<string, unknown>>> {
  const texts = moduleTexts(parts, ctx);
  const { modules } = parts.modules.list(ctx);
  const isEditor = ctx.actor.kind === 'user' && ctx.actor.permissions.has('platform-admin.modules.edit');
  const [attention, recent, preview, stores] = await Promise.all([
    parts.attention.list(ctx),
    recentChanges(parts, ctx),
    isEditor ? previewView(parts, ctx, texts, asked, conflict) : undefined,
    parts.modules.storesOf(ctx),
  ]);
  const cards = modules.map((module) => cardOf(ctx, texts, module, attention, asked));
  const here = ctx.links.to('admin', '/modules');
  return {
    here,
    text: texts.words.text('core.modules.text', { stores, platform: ctx.platform.name }),
    breadcrumbs: modulesTrail(ctx, texts),
    compareHref: globalAdminHref(ctx, '/modules/compare'),
    alerts: attention.map((item) => ({
      ...attentionView(ctx, texts, item),
      module: texts.name(item.module),
    })),
    q: query.q,
    show: query.show,
    filters: MODULE_FILTERS.map((show) => ({
      label: texts.words.text(`core.modules.filter.${show}`),
      href: `${here}${queryOf({ ...query, show })}`,
      isCurrent: show === query.show,
      count: cards.filter((card) => shows(card, show)).length,
    })),
    groups: groupsOf(texts, cards, query),
    isEditor,
    applyAction: ctx.links.to('admin', '/modules/apply'),
    cancelHref: `${here}${queryOf(query)}#${anchorOf(asked)}`,
    preview: preview ?? null,
    recent,
    auditHref: `${ctx.links.to('admin', '/audit-log')}?action=${MODULE_ACTIONS}`,
  };
}

/** From all platforms down to this page; on a platform's own address it begins with the platform. */
function modulesTrail(ctx: RouteContext, { words }: ModuleTexts): object[] {
  const platforms = globalAdminHref(ctx, '/platforms');
  return [
    ...(platforms === null ? [] : [{ label: words.text('core.menu.platforms'), href: platforms }]),
    { label: ctx.platform.name, href: ctx.links.to('admin', '/') },
    { label: words.text('core.modules.title'), href: null },
  ];
}

/** Where one comes back to: the switch of the module that the change was about. */
export const anchorOf = ({ enable, disable }: ModuleChange): string =>
  `module-${[...disable, ...enable][0] ?? 'list'}`;

export function queryOf({ q, show }: ModulesQuery): string {
  const query = new URLSearchParams({ ...(q === '' ? {} : { q }), ...(show === 'all' ? {} : { show }) });
  return query.size === 0 ? '' : `?${query.toString()}`;
}

function cardOf(
  ctx: RouteContext,
  texts: ModuleTexts,
  { code, ...module }: ModuleListing,
  attention: readonly AttentionItem[],
  asked: ModuleChange,
): CardView {
  const { words } = texts;
  return {
    code,
    name: texts.name(code),
    description: texts.description(code),
    symbol: texts.icon(code),
    isCore: module.isCore,
    isOn: module.isOn,
    isWanted: asked.enable.includes(code) || (module.isOn && !asked.disable.includes(code)),
    tone: toneOf(texts.plugins.get(code)?.group),
    needs: module.needs
      .filter((need) => !isBuiltIn(need))
      .map((need) => words.text('core.modules.needs', { module: texts.name(need) })),
    usedBy: module.isCore
      ? []
      : module.usedBy.map((user) => words.text('core.modules.usedBy', { module: texts.name(user) })),
    version: module.version,
    features: module.features.map((feature) => texts.feature(code, feature)),
    attention: attention
      .filter((item) => item.module === code)
      .map((item) => attentionView(ctx, texts, item)),
    settingsHref: module.hasSettings ? ctx.links.to('admin', `/modules/${code}/settings`) : null,
  };
}

/** Colour of the tile of a group's modules, of those that charts have. */
const TONES: Readonly<Partial<Record<AnyPlugin['group'], string>>> = {
  core: 'chart-1',
  commerce: 'chart-2',
  business: 'chart-3',
  content: 'chart-4',
  growth: 'chart-5',
};
const toneOf = (group: AnyPlugin['group'] | undefined): string => TONES[group ?? 'operations'] ?? 'muted';

const isBuiltIn = (code: string): boolean => code === 'core' || code === 'platform-admin';

function shows(card: CardView, show: ModuleFilter): boolean {
  if (show === 'on') return card.isOn;
  if (show === 'off') return !card.isOn;
  return show === 'all' || card.attention.length > 0;
}

function groupsOf(texts: ModuleTexts, cards: readonly CardView[], { q, show }: ModulesQuery): object[] {
  const { words } = texts;
  const wanted = q.toLocaleLowerCase();
  const found = ({ name, description, code, features }: CardView): boolean =>
    [name, description, code, ...features].some((text) => text.toLocaleLowerCase().includes(wanted));
  const { plugins } = texts;
  return MODULE_GROUPS.flatMap((group) => {
    const all = cards.filter(({ code }) => plugins.get(code)?.group === group);
    const shown = all.filter((card) => shows(card, show) && found(card));
    if (shown.length === 0) return [];
    const on = all.filter(({ isOn }) => isOn).length;
    return [
      {
        code: group,
        label: words.text(`core.modules.group.${group}`),
        count:
          group === 'core'
            ? words.text('core.modules.alwaysOn')
            : words.text('core.modules.onOf', { on, all: all.length }),
        cards: shown,
      },
    ];
  });
}

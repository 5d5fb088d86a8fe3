import { view, type RouteContext, type View } from '../../kernel/route.js';
import type { Snapshot } from '../../kernel/snapshot/Snapshot.js';
import { fingerprintOf } from '../../modules/entitlements/TierEditor.js';
import type { Tier } from '../../modules/entitlements/Tier.js';
import type { CoreParts } from '../core/CoreParts.js';
import type { FormProblem } from '../views/adminForm.js';
import { headOf } from '../views/adminList.js';
import { may, wordsOf } from '../views/words.js';
import { amountText, BYTE_UNITS, shownAmount, unitName, type ByteUnit } from './limitAmounts.js';
import { moduleTexts, type ModuleTexts } from './modules/moduleTexts.js';
import { tierColumns, type TierColumns } from './tierColumns.js';
import { within } from './tierMatrixForm.js';

interface Typed {
  /** What the form sent; undefined: as it stands. */
  readonly values: Readonly<Record<string, unknown>> | undefined;
  readonly problem: FormProblem;
}

/** Tiers as columns, features by module and limits as rows. */
export async function matrixView(parts: CoreParts, ctx: RouteContext, typed?: Typed): Promise<View> {
  const t = wordsOf(parts, ctx);
  const texts = moduleTexts(parts, ctx);
  const all = await parts.tiers.list(ctx);
  const tiers = all.filter(({ archivedAt }) => archivedAt === null);
  const [holders, normal, more] = await Promise.all([
    parts.tierEditor.holders(ctx),
    parts.entitlements.defaultTier(ctx),
    parts.hooks.run(ctx, tierColumns, { tiers: tiers.map(({ code }) => code), lines: [], links: [] }),
  ]);
  const mayEdit = may(ctx, 'platform-admin.tiers.edit');
  const to = (path: string): string => ctx.links.to('admin', path);
  const problems = [
    typed?.problem.text,
    ...(typed?.problem.errors.map(({ message }) => message) ?? []),
  ].filter(Boolean);
  return view(
    'core/tiers',
    {
      head: headOf({
        title: t('core.tiers.title'),
        text: t('core.tiers.text', { platform: ctx.platform.name }),
        ...(mayEdit ? { link: to('/tiers/new'), linkText: t('core.tiers.add'), symbol: 'plus' } : {}),
      }),
      links: more.links.map(({ label, path, symbol }) => ({ label, symbol, href: to(path) })),
      problem: [...new Set(problems)].join(' ') || null,
      action: to('/tiers'),
      mayEdit,
      columnCount: tiers.length + 1,
      fingerprint: fingerprintOf(all),
      withoutTier: holders.get(null) ?? 0,
      tiers: tiers.map((tier, index) => ({
        ...columnOf(tier, holders.get(tier.code) ?? 0, tier.code === normal?.code),
        merchantsHref: `${to('/merchants')}?tier=${tier.code}`,
        base: to(`/tiers/${tier.code}`),
        isFirst: index === 0,
        isLast: index === tiers.length - 1,
      })),
      lines: linesOf(more, tiers, to),
      modules: modulesOf(texts, ctx, tiers, typed?.values),
      limits: limitsOf(texts, ctx, tiers, typed),
      archived: all
        .filter(({ archivedAt }) => archivedAt !== null)
        .map((tier) => ({
          ...columnOf(tier, holders.get(tier.code) ?? 0, false),
          base: to(`/tiers/${tier.code}`),
        })),
    },
    typed ? { status: typed.problem.status } : {},
  );
}

const columnOf = ({ code, name }: Tier, merchants: number, isDefault: boolean) => ({
  code,
  name,
  merchants,
  isDefault,
});

const linesOf = ({ lines }: TierColumns, tiers: readonly Tier[], to: (path: string) => string): object[] =>
  lines.map(({ label, cells }) => ({
    label,
    cells: tiers.map(({ code }) => {
      const cell = cells[code];
      return { text: cell?.text ?? null, href: cell?.path === undefined ? null : to(cell.path) };
    }),
  }));

function modulesOf(
  texts: ModuleTexts,
  ctx: RouteContext,
  tiers: readonly Tier[],
  typed: Typed['values'],
): object[] {
  const { features } = ctx.snapshot as Snapshot;
  const byModule = new Map<string, object[]>();
  for (const { code, plugin } of features.values()) {
    const row = {
      code,
      name: texts.feature(plugin, code),
      description: texts.featureHint(plugin, code),
      cells: tiers.map((tier) => ({
        name: `tiers.${tier.code}.features.${code}`,
        tier: tier.name,
        isIn: typed ? code in within(typed, tier.code, 'features') : tier.features.has(code),
      })),
    };
    byModule.set(plugin, [...(byModule.get(plugin) ?? []), row]);
  }
  return [...byModule].map(([code, rows]) => ({ code, name: texts.name(code), features: rows }));
}

function limitsOf(
  texts: ModuleTexts,
  ctx: RouteContext,
  tiers: readonly Tier[],
  typed: Typed | undefined,
): object[] {
  const { limits } = ctx.snapshot as Snapshot;
  return [...limits.values()].map(({ code, plugin, per, unit }) => ({
    code,
    name: texts.limit(plugin, code),
    per,
    cells: tiers.map((tier) => {
      const path = `tiers.${tier.code}.limits.${code}`;
      const amount = tier.limits[code];
      const stands = shownAmount({ unit }, amount);
      const of = (kind: 'limits' | 'units'): unknown =>
        typed?.values && within(typed.values, tier.code, kind)[code];
      const written = of('limits');
      return {
        name: path,
        tier: tier.name,
        value: typeof written === 'string' ? written : stands.text,
        text: amount === undefined ? null : amountText(ctx.language, { unit }, amount),
        units: stands.unit && unitsOf(ctx, of('units') ?? stands.unit),
        unitName: `tiers.${tier.code}.units.${code}`,
        error: typed?.problem.errors.find((error) => error.path === path)?.message ?? null,
      };
    }),
  }));
}

const unitsOf = ({ language }: RouteContext, chosen: unknown): object[] =>
  (Object.keys(BYTE_UNITS) as ByteUnit[]).map((unit) => ({
    value: unit,
    label: unitName(language, unit),
    isSelected: unit === chosen,
  }));

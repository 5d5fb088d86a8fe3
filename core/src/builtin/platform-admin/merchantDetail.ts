import type { MerchantRecord } from '../../kernel/context.js';
import { countryName } from '../../i18n/countryName.js';
import type { RouteContext, View } from '../../kernel/route.js';
import type { Snapshot } from '../../kernel/snapshot/Snapshot.js';
import type { Override } from '../../modules/entitlements/Tier.js';
import type { Meter } from '../../modules/entitlements/UsageMeters.js';
import { asMerchant } from '../../tenancy/asTenant.js';
import type { CoreParts } from '../core/CoreParts.js';
import { adminDetail, type Section } from '../views/adminDetail.js';
import type { FormProblem, FormValues } from '../views/adminForm.js';
import { may, wordsOf, type Words } from '../views/words.js';
import { amountText } from './limitAmounts.js';
import { moduleTexts, type ModuleTexts } from './modules/moduleTexts.js';
import { ownersOf } from './ownersOf.js';
import { storeBadge } from './storeViews.js';

/** A form of the page that was refused, with what was typed. */
export interface MerchantFormAgain {
  readonly form: 'tier' | 'override';
  readonly values: FormValues;
  readonly problem: FormProblem;
}

/** A merchant as its platform's administrators see it: facts, usage, tier and what it has beside, stores, owners. */
export async function merchantDetail(
  parts: CoreParts,
  ctx: RouteContext,
  record: MerchantRecord,
  again?: MerchantFormAgain,
): Promise<View> {
  const t = wordsOf(parts, ctx);
  const texts = moduleTexts(parts, ctx);
  const inside = asMerchant(ctx, record);
  const address = ctx.links.to('admin', `/merchants/${record.id}`);
  const [merchant, stores, holding, tiers, normal, meters, owners] = await Promise.all([
    parts.merchants.get(inside),
    parts.stores.list(ctx, { merchantId: record.id, perPage: 100 }),
    parts.tiers.holding(ctx, record),
    parts.tiers.list(ctx),
    parts.entitlements.defaultTier(ctx),
    parts.usage.all(inside),
    ownersOf(parts.database, record.id),
  ]);
  const mayEdit = may(ctx, 'platform-admin.merchants.edit');
  const tier = tiers.find(({ code }) => code === holding.tierCode);
  const tierText =
    holding.tierCode === null
      ? normal
        ? t('core.merchant.tierDefault', { tier: normal.name })
        : t('core.merchant.tierNone')
      : (tier?.name ?? holding.tierCode);
  return adminDetail({
    ...(again ? { status: again.problem.status } : {}),
    head: {
      title: merchant.displayName,
      text: merchant.legalName,
      breadcrumbs: [
        { label: t('core.merchants.title'), href: ctx.links.to('admin', '/merchants') },
        { label: merchant.displayName, href: null },
      ],
      ...(mayEdit ? { link: `${address}/edit`, linkText: t('core.form.edit'), symbol: 'pencil' } : {}),
    },
    badges: [{ kind: 'info', text: tierText }],
    actions: [
      ...(may(ctx, 'platform-admin.audit.view')
        ? [
            {
              label: t('core.menu.auditLog'),
              href: `${ctx.links.to('admin', '/audit-log')}?merchant=${record.id}`,
              symbol: 'history',
            },
          ]
        : []),
      ...(may(ctx, 'platform-admin.stores.edit')
        ? [{ label: t('core.stores.add'), href: `${address}/stores/new`, symbol: 'building-store' }]
        : []),
      ...(mayEdit
        ? [{ label: t('core.merchant.inviteOwner'), href: `${address}/owners/invite`, symbol: 'user-plus' }]
        : []),
    ],
    main: [
      storesSection(t, ctx, record.id, stores.items, may(ctx, 'platform-admin.stores.edit')),
      overridesSection(t, texts, ctx, address, holding.overrides),
      ...(may(ctx, 'platform-admin.tiers.edit') ? [overrideForm(t, texts, ctx, address, again)] : []),
      {
        kind: 'table',
        title: t('core.merchant.owners'),
        columns: [{ label: t('core.merchant.ownerName') }, { label: t('core.merchants.email') }],
        rows: owners.map(({ id, name, email }) => ({
          id,
          href: null,
          cells: [{ text: name }, { text: email }],
        })),
        empty: { symbol: 'users', title: t('core.merchant.noOwners'), text: t('core.merchant.noOwnersText') },
      },
    ],
    aside: [
      metersSection(t, texts, ctx, meters),
      ...(may(ctx, 'platform-admin.tiers.edit')
        ? [
            {
              kind: 'form' as const,
              title: t('core.merchants.tier'),
              text: holding.terms ? t('core.merchant.tierBought') : null,
              action: `${address}/tier`,
              submit: t('core.merchant.tierAssign'),
              values: again?.form === 'tier' ? again.values : { tier: holding.tierCode ?? '' },
              problem: again?.form === 'tier' ? again.problem : undefined,
              groups: [
                {
                  fields: [
                    {
                      name: 'tier',
                      label: t('core.merchants.tier'),
                      kind: 'select' as const,
                      options: [
                        { value: '', label: t('core.merchants.tierDefault') },
                        ...tiers
                          .filter(({ code, archivedAt }) => archivedAt === null || code === holding.tierCode)
                          .map(({ code, name }) => ({ value: code, label: name })),
                      ],
                    },
                  ],
                },
              ],
            },
          ]
        : []),
      {
        kind: 'facts',
        title: t('core.merchant.facts'),
        facts: [
          { label: t('core.merchants.email'), text: merchant.email, href: `mailto:${merchant.email}` },
          { label: t('core.merchants.phone'), text: merchant.phone },
          { label: t('core.merchants.vatId'), text: merchant.vatId },
          {
            label: t('core.merchants.groupAddress'),
            text: [
              merchant.address.line1,
              merchant.address.line2,
              `${merchant.address.postalCode} ${merchant.address.city}`.trim(),
              countryName(ctx.language, merchant.country),
            ]
              .filter(Boolean)
              .join(', '),
          },
          { label: t('core.merchants.since'), date: merchant.createdAt },
        ],
      },
    ],
  });
}

function storesSection(
  t: Words,
  ctx: RouteContext,
  merchantId: string,
  stores: readonly {
    id: string;
    name: string;
    code: string;
    status: string;
    isActive: boolean;
    subdomain: string;
  }[],
  mayAdd: boolean,
): Section {
  const add = ctx.links.to('admin', `/merchants/${merchantId}/stores/new`);
  return {
    kind: 'table',
    title: t('core.stores.title'),
    columns: [
      { label: t('core.stores.name') },
      { label: t('core.stores.address') },
      { label: t('core.list.status') },
    ],
    rows: stores.map((store) => ({
      id: store.id,
      href: ctx.links.to('admin', `/stores/${store.id}`),
      cells: [
        { text: store.name, detail: store.code },
        { text: ctx.platform.domain ? `${store.subdomain}.${ctx.platform.domain}` : store.subdomain },
        storeBadge(t, store),
      ],
    })),
    empty: {
      symbol: 'building-store',
      title: t('core.stores.noneYet'),
      text: t('core.merchant.noStoresText'),
      ...(mayAdd ? { link: add, linkText: t('core.stores.add') } : {}),
    },
  };
}

function overridesSection(
  t: Words,
  texts: ModuleTexts,
  ctx: RouteContext,
  address: string,
  overrides: readonly Override[],
): Section {
  const { features, limits } = ctx.snapshot as Snapshot;
  const nameOf = ({ kind, code }: Override): string =>
    kind === 'feature'
      ? texts.feature(features.get(code)?.plugin ?? '', code)
      : texts.limit(limits.get(code)?.plugin ?? '', code);
  const valueOf = (override: Override): string => {
    if (override.kind === 'feature') return t('core.tiers.included');
    if (override.value === null) return '∞';
    return `${override.kind === 'extra' ? '+' : ''}${amountText(ctx.language, limits.get(override.code) ?? {}, override.value)}`;
  };
  const mayEdit = may(ctx, 'platform-admin.tiers.edit');
  return {
    kind: 'table',
    title: t('core.merchant.overrides'),
    text: t('core.merchant.overridesText'),
    columns: [
      { label: t('core.merchant.overrideWhat') },
      { label: t('core.merchant.overrideValue') },
      { label: t('core.merchant.overrideReason') },
      { label: t('core.merchant.overrideUntil') },
    ],
    rows: overrides.map((override) => ({
      id: `${override.kind}-${override.code}-${override.source}`.replace(/[^\w-]/g, '-'),
      href: null,
      cells: [
        { text: nameOf(override), detail: override.code },
        { text: valueOf(override) },
        { text: override.reason ?? override.source, detail: override.reason ? override.source : null },
        override.until === null
          ? { text: t('core.merchant.overrideStays') }
          : override.until <= ctx.now
            ? { badge: t('core.merchant.overrideEnded'), kind: 'neutral' as const }
            : { date: override.until },
      ],
      // What an add-on gives, its subscription takes back.
      ...(mayEdit
        ? {
            actions:
              override.source === SUPPORT
                ? [
                    {
                      label: t('core.merchant.overrideRemove'),
                      action: `${address}/overrides/remove`,
                      fields: [
                        { name: 'kind', value: override.kind },
                        { name: 'code', value: override.code },
                      ],
                      danger: true,
                      confirm: {
                        title: t('core.merchant.overrideRemoveTitle', { name: nameOf(override) }),
                        text: t('core.merchant.overrideRemoveText'),
                        submit: t('core.merchant.overrideRemove'),
                      },
                    },
                  ]
                : [],
          }
        : {}),
    })),
    empty: {
      symbol: 'adjustments',
      title: t('core.merchant.noOverrides'),
      text: t('core.merchant.noOverridesText'),
    },
  };
}

/** Source of what administrators give by hand. */
export const SUPPORT = 'support';

function overrideForm(
  t: Words,
  texts: ModuleTexts,
  ctx: RouteContext,
  address: string,
  again: MerchantFormAgain | undefined,
): Section {
  const { features, limits } = ctx.snapshot as Snapshot;
  const mine = again?.form === 'override' ? again : undefined;
  return {
    kind: 'form',
    title: t('core.merchant.overrideAdd'),
    text: t('core.merchant.overrideAddText'),
    action: `${address}/overrides`,
    submit: t('core.merchant.overrideAdd'),
    values: mine?.values ?? {},
    problem: mine?.problem,
    groups: [
      {
        fields: [
          {
            name: 'what',
            label: t('core.merchant.overrideWhat'),
            kind: 'select',
            required: true,
            options: [
              { value: '', label: t('core.admin.choose') },
              ...[...features.values()].map(({ code, plugin }) => ({
                value: `feature:${code}`,
                label: t('core.merchant.overrideFeature', { name: texts.feature(plugin, code) }),
              })),
              ...[...limits.values()].map(({ code, plugin }) => ({
                value: `limit:${code}`,
                label: t('core.merchant.overrideLimit', { name: texts.limit(plugin, code) }),
              })),
            ],
          },
          {
            name: 'value',
            label: t('core.merchant.overrideNumber'),
            kind: 'text',
            maxlength: 30,
            hint: t('core.merchant.overrideNumberHint'),
          },
          {
            name: 'until',
            label: t('core.merchant.overrideUntil'),
            kind: 'date',
            hint: t('core.merchant.overrideUntilHint'),
          },
          { name: 'reason', label: t('core.merchant.overrideReason'), kind: 'textarea', required: true },
        ],
      },
    ],
  };
}

function metersSection(t: Words, texts: ModuleTexts, ctx: RouteContext, meters: readonly Meter[]): Section {
  const { limits } = ctx.snapshot as Snapshot;
  const said = (code: string, amount: number): string =>
    amountText(ctx.language, limits.get(code) ?? {}, amount);
  if (meters.length === 0)
    return { kind: 'note', title: t('core.merchant.usage'), text: t('core.merchant.noUsage') };
  return {
    kind: 'meters',
    title: t('core.merchant.usage'),
    meters: meters.map(({ module, code, store, current, limit, isOver }) => ({
      label: store ? `${texts.limit(module, code)} · ${store.name}` : texts.limit(module, code),
      text:
        limit === null
          ? t('core.merchant.usedUnlimited', { current: said(code, current) })
          : t('core.merchant.used', { current: said(code, current), limit: said(code, limit) }),
      value: limit === null ? 0 : Math.min(current, limit),
      // A meter of nothing cannot be drawn.
      max: limit === null || limit === 0 ? null : limit,
      kind: isOver ? 'danger' : limit !== null && current >= limit * 0.8 ? 'warning' : null,
    })),
  };
}

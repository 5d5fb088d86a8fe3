import {
  adminDetail,
  defineRoute,
  may,
  wordsOf,
  z,
  type RouteContext,
  type RouteDefinition,
  type Section,
  type View,
  type Words,
} from '@wizamart/core';
import type { Offer } from '../../catalog/Catalogue.js';
import { ProductNotFound } from '../../catalog/errors.js';
import type { ProductKind, ProductVersion } from '../../catalog/ProductVersion.js';
import { BILLING } from '../../subscriptions/permissions.js';
import type { PageParts } from '../parts.js';
import { moneyOrNull, to } from '../wording.js';
import { namesSection } from './productNames.js';
import { saleAction, saleBadge } from './tierList.js';
import { headOf } from './tierPrices.js';
import { productPath, TIERS_PATH } from './tierPages.js';

/** A tier or an add-on with all its versions, and who has which. */
export const productPages = (parts: PageParts): RouteDefinition[] =>
  (['add_on', 'tier'] as const).map((kind) =>
    defineRoute({
      method: 'GET',
      path: kind === 'tier' ? `${TIERS_PATH}/:code` : `${TIERS_PATH}/add-ons/:code`,
      surface: 'admin',
      kind: 'page',
      menu: 'subscription-tiers',
      access: BILLING.prices.view,
      summary: kind === 'tier' ? 'A tier with its prices' : 'An add-on',
      input: z.object({ code: z.string().min(1).max(50) }),
      handle: (ctx, { code }) => detail(parts, ctx, kind, code),
    }),
  );

async function detail(parts: PageParts, ctx: RouteContext, kind: ProductKind, code: string): Promise<View> {
  const t = wordsOf({ translator: parts.i18n }, ctx);
  const offer = await parts.catalogue.offer(ctx, kind, code);
  if (!offer) throw new ProductNotFound({ kind, code });
  const [versions, use] = await Promise.all([
    parts.catalogue.versions(ctx, kind, code),
    parts.pageFacts.versionUse(ctx, kind, code),
  ]);
  const users = new Map(use.map(({ version, subscriptions }) => [version, subscriptions]));
  const all = use.reduce((sum, { subscriptions }) => sum + subscriptions, 0);
  const { badge, kind: tone } = saleBadge(t, offer);
  const mayEdit = may(ctx, BILLING.prices.edit);
  return adminDetail({
    head: {
      ...headOf(t, ctx, offer.name, offer.name),
      text: offer.description || t(`billing.kind.${kind}.one`),
      ...(mayEdit
        ? {
            link: to(ctx, `${productPath(offer)}/edit`),
            linkText: t('billing.tiers.newPrices'),
            symbol: 'pencil',
          }
        : {}),
    },
    badges: [{ kind: tone, text: badge }],
    actions: mayEdit ? [saleAction(t, ctx, offer, all)] : [],
    main: [versionTable(t, versions, users)],
    aside: [
      {
        kind: 'facts',
        title: t('billing.product.facts'),
        facts: [
          { label: t('billing.form.code'), text: offer.code },
          { label: t('billing.form.position'), text: String(offer.position) },
          { label: t('billing.subscriptions.title'), text: String(all) },
          ...givesOf(t, parts, ctx, offer),
        ],
      },
      await namesSection(t, parts, ctx, offer),
      {
        kind: 'links',
        title: t('billing.more'),
        links: [
          ...(mayEdit
            ? [
                {
                  label: t('billing.names.title'),
                  text: t('billing.names.linkText'),
                  href: to(ctx, `${productPath(offer)}/names`),
                  symbol: 'language',
                },
              ]
            : []),
          {
            label: t('billing.tiers.matrix'),
            text: t('billing.tiers.matrixText'),
            href: to(ctx, '/tiers'),
            symbol: 'stack',
          },
          {
            label: t('billing.subscriptions.title'),
            text: t('billing.tiers.whoHas'),
            href: `${to(ctx, '/subscriptions')}?tier=${code}`,
            symbol: 'repeat',
          },
        ].filter(({ href }) => kind === 'tier' || !href.includes('?tier=')),
      },
    ],
  });
}

/** What it includes and bounds, in words. */
function givesOf(t: Words, { giveTexts }: PageParts, ctx: RouteContext, { features, limits }: Offer) {
  const named = (code: string) => ({ code, name: code });
  return [
    {
      label: t('billing.product.features'),
      text: features.map((code) => giveTexts.featureName(ctx, named(code))).join(', ') || null,
    },
    {
      label: t('billing.product.limits'),
      text:
        Object.entries(limits)
          .map(
            ([code, limit]) =>
              `${giveTexts.limitName(ctx, named(code))}: ${giveTexts.limitText(ctx, code, limit)}`,
          )
          .join(', ') || null,
    },
  ];
}

const versionTable = (
  t: (key: string) => string,
  versions: readonly ProductVersion[],
  users: ReadonlyMap<number, number>,
): Section => ({
  kind: 'table',
  title: t('billing.versions.title'),
  text: t('billing.versions.text'),
  columns: [
    { label: t('billing.version'), isNumber: true },
    { label: t('billing.priceColumn.month'), isNumber: true },
    { label: t('billing.priceColumn.year'), isNumber: true },
    { label: t('billing.subscriptions.title'), isNumber: true },
    { label: t('billing.since') },
  ],
  rows: versions.map((version) => ({
    id: version.id,
    href: null,
    cells: [
      { text: String(version.version), detail: version.name },
      { money: moneyOrNull(version.monthlyMinor, version.currency) },
      { money: moneyOrNull(version.yearlyMinor, version.currency) },
      { number: users.get(version.version) ?? 0 },
      { date: version.createdAt },
    ],
  })),
  empty: { symbol: 'versions', title: t('billing.versions.title'), text: t('billing.versions.text') },
});

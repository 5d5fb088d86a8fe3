import { tap, tierColumns, wordsOf, type HookTap, type RouteContext, type TierLine } from '@wizamart/core';
import { BILLING } from '../../subscriptions/permissions.js';
import type { PageParts } from '../parts.js';
import { amountIn, moneyOrNull } from '../wording.js';

type TierLineParts = Pick<PageParts, 'i18n' | 'catalogue' | 'pageFacts'>;

/** Prices and versions on core's page of tiers and features. */
export const tierLines = (parts: TierLineParts): HookTap =>
  tap(tierColumns, { onError: 'skip' }, async (ctx, columns) => {
    if (ctx.actor.kind !== 'user' || !ctx.actor.permissions.has(BILLING.prices.view)) return columns;
    const t = wordsOf({ translator: parts.i18n }, ctx as RouteContext);
    const [offers, counts] = await Promise.all([
      parts.catalogue.offers(ctx, { kind: 'tier' }),
      parts.pageFacts.soldCounts(ctx),
    ]);
    const shown = new Map(offers.map((offer) => [offer.code, offer]));
    const line = (
      label: string,
      text: (code: string) => string,
      path: (code: string) => string,
    ): TierLine => ({
      label,
      cells: Object.fromEntries(columns.tiers.map((code) => [code, { text: text(code), path: path(code) }])),
    });
    const product = (code: string): string => `/subscription-tiers/${code}${shown.has(code) ? '' : '/edit'}`;
    const price = (interval: 'monthlyMinor' | 'yearlyMinor') => (code: string) => {
      const offer = shown.get(code);
      return offer
        ? amountIn(ctx.language, moneyOrNull(offer[interval], offer.currency))
        : t('billing.tiers.noPrice');
    };
    return {
      ...columns,
      lines: [
        ...columns.lines,
        line(t('billing.priceColumn.month'), price('monthlyMinor'), product),
        line(t('billing.priceColumn.year'), price('yearlyMinor'), product),
        line(t('billing.version'), (code) => String(shown.get(code)?.version ?? '–'), product),
        line(
          t('billing.subscriptions.title'),
          (code) => String(counts.get(`tier ${code}`) ?? 0),
          (code) => `/subscriptions?tier=${code}`,
        ),
      ],
      links: [
        ...columns.links,
        { label: t('billing.menu.tiers'), path: '/subscription-tiers', symbol: 'coin-euro' },
      ],
    };
  });

import type { TenantContext, Translator } from '@wizamart/core';
import type { ProductTexts } from '../catalog/texts/ProductTexts.js';
import { dayIn } from '../pages/wording.js';
import type { StripeItems } from './StripeItems.js';

/** What is known of a line that Stripe wrote. */
interface Line {
  readonly description: string;
  readonly amountMinor: number;
  readonly priceId?: string | null;
  readonly quantity?: number | null;
  readonly proration: boolean;
  readonly periodStart: Date;
  readonly periodEnd: Date;
}

/** Says in the language of the context what Stripe charges for; Stripe knows a product by one name only. */
export class LineTexts {
  readonly #texts: ProductTexts;
  readonly #items: StripeItems;
  readonly #i18n: Translator;

  constructor(deps: {
    readonly productTexts: ProductTexts;
    readonly stripeItems: StripeItems;
    readonly i18n: Translator;
  }) {
    this.#texts = deps.productTexts;
    this.#items = deps.stripeItems;
    this.#i18n = deps.i18n;
  }

  /** For pages, which show the period and what a part of one is beside it: `2 × Ten more pages`. */
  named<One extends Line>(ctx: TenantContext, lines: readonly One[]): Promise<One[]> {
    return this.#each(ctx, lines, (name) => name);
  }

  /** For invoices, where the line stands alone: `2 × Ten more pages, 2 March 2026 – 2 April 2026`. */
  described<One extends Line>(ctx: TenantContext, lines: readonly One[]): Promise<One[]> {
    return this.#each(ctx, lines, (name, { proration, amountMinor, periodStart, periodEnd }) =>
      this.#i18n.t(
        ctx.language,
        !proration
          ? 'billing.line.period'
          : amountMinor < 0
            ? 'billing.line.unused'
            : 'billing.line.remaining',
        { name, from: dayIn(ctx.language, periodStart), to: dayIn(ctx.language, periodEnd) },
      ),
    );
  }

  /** What somebody charged by hand, and products that are not ours, keep Stripe's words. */
  async #each<One extends Line>(
    ctx: TenantContext,
    lines: readonly One[],
    say: (name: string, line: One) => string,
  ): Promise<One[]> {
    const names = await this.#texts.names(ctx);
    const said: One[] = [];
    for (const line of lines) {
      const sold = line.priceId ? await this.#items.versionOf(ctx, line.priceId) : undefined;
      const name = sold && describeItem(names.nameOf(sold.version), line.quantity ?? 1);
      said.push(name === undefined ? line : { ...line, description: say(name, line) });
    }
    return said;
  }
}

/** `2 × Ten more pages`; one piece is not counted. */
export const describeItem = (name: string, quantity: number): string =>
  quantity === 1 ? name : `${quantity} × ${name}`;

import {
  LANGUAGES,
  type Language,
  type RouteContext,
  type TenantContext,
  type View,
  view,
} from '@wizamart/core';
import type { Interval } from '../catalog/ProductVersion.js';
import { type ContentPages, wordsAround } from './contentPages.js';
import type { GiveTexts } from './giveTexts.js';
import type { Pricing, PriceList } from './Pricing.js';
import { addOnViews, matrixView, priceTableView, structuredOffers } from './pricingView.js';

/** Draws prices for visitors: a page of its own, and blocks for pages that administrators write. */
export class PricingPages {
  readonly #pricing: Pricing;
  readonly #texts: GiveTexts;
  readonly #content: (ctx: TenantContext) => ContentPages | undefined;

  constructor(deps: {
    readonly pricing: Pricing;
    readonly giveTexts: GiveTexts;
    readonly contentPages: (ctx: TenantContext) => ContentPages | undefined;
  }) {
    this.#pricing = deps.pricing;
    this.#texts = deps.giveTexts;
    this.#content = deps.contentPages;
  }

  /** The pricing page: words of the hand-written one where there is one, prices from the database. */
  async page(ctx: RouteContext, interval: Interval): Promise<View> {
    const [list, written] = await Promise.all([
      this.#pricing.of(ctx),
      this.#content(ctx)?.find(ctx, 'pricing'),
    ]);
    const words = wordsAround(written);
    const languages = ctx.platform.languages;
    return view('billing/pricing', {
      documentTitle: written?.title ?? this.#texts.text(ctx, 'billing.pricing.title'),
      description: written?.description || this.#texts.text(ctx, 'billing.pricing.description'),
      canonical: ctx.links.canonical('/pricing'),
      alternates: alternatesOf(ctx, languages),
      structuredData: [...structuredOffers(ctx, list), ...(words.hasFaq ? [] : [this.#faqData(ctx, list)])],
      hero: words.hero === null ? [] : [words.hero],
      below: words.below,
      hasClosing: words.below.some(({ type }) => type === 'cta'),
      hasFaq: words.hasFaq,
      faq: words.hasFaq ? [] : this.#faq(ctx, list),
      table: priceTableView(this.#texts, ctx, list, interval, '/pricing'),
      matrix: matrixView(this.#texts, ctx, list),
      addOns: addOnViews(list),
      signUpHref: ctx.links.to('platform', '/signup'),
    });
  }

  /** Fills in the blocks `pricingTable` and `addOns` of a page. */
  async fill<Block extends { readonly type: string }>(
    ctx: TenantContext,
    blocks: readonly Block[],
  ): Promise<readonly Block[]> {
    if (!blocks.some(({ type }) => type === 'pricingTable' || type === 'addOns')) return blocks;
    const list = await this.#pricing.of(ctx);
    return blocks.map((block) => {
      if (block.type === 'pricingTable') {
        const { interval = 'month' } = block as { readonly interval?: Interval };
        return { ...block, table: priceTableView(this.#texts, ctx, list, interval, '/pricing') };
      }
      return block.type === 'addOns' ? { ...block, items: addOnViews(list) } : block;
    });
  }

  #faq(ctx: TenantContext, { trialDays }: PriceList) {
    return (['today', 'vat', 'year', 'change'] as const).map((name) => ({
      question: this.#texts.text(ctx, `billing.pricing.faq.${name}`),
      answer: this.#texts.text(ctx, `billing.pricing.faq.${name}Text`, { days: trialDays }),
    }));
  }

  #faqData(ctx: TenantContext, list: PriceList): object {
    return {
      '@context': 'https://schema.org',
      '@type': 'FAQPage',
      mainEntity: this.#faq(ctx, list).map(({ question, answer }) => ({
        '@type': 'Question',
        name: question,
        acceptedAnswer: { '@type': 'Answer', text: answer },
      })),
    };
  }
}

const alternatesOf = (ctx: TenantContext, languages: readonly Language[]) =>
  languages.length < 2
    ? []
    : [
        ...LANGUAGES.filter((language) => languages.includes(language)).map((language) => ({
          language: language as string,
          href: ctx.links.canonical('/pricing', language),
        })),
        { language: 'x-default', href: ctx.links.canonical('/pricing', ctx.platform.defaultLanguage) },
      ];

import type { Database, Merchants, TenantContext } from '@wizamart/core';
import { money, multiplyMoney } from '@wizamart/core';
import { asProvider } from '../asProvider.js';
import { priceOf } from '../catalog/ProductVersion.js';
import type { ProductNames, ProductTexts } from '../catalog/texts/ProductTexts.js';
import type { InvoicePreview, PreviewLine } from '../stripe/gatewayTypes.js';
import type { StripeGateway } from '../stripe/StripeGateway.js';
import type { AddOnSales } from './AddOnSales.js';
import { periodOf, type Period } from './calendar.js';
import { NoSubscription } from './errors.js';
import { describeItem, type LineTexts } from './LineTexts.js';
import type { OperationCalls } from './OperationCalls.js';
import type { PlanChanges, TierChoice, WeighedChange } from './PlanChanges.js';
import { prorateByDay, type ProratedItem } from './proration.js';
import type { ProviderVat } from './ProviderVat.js';
import { isLive } from './Subscription.js';
import type { SubscriptionReader, SubscriptionState } from './SubscriptionReader.js';
import { paidLater, paidNow, type Wanted, type Whole } from './Wanted.js';

/** What a change would cost, and when. */
export interface ChangePreview {
  readonly when: 'now' | 'period_end';
  /** When it comes into force. */
  readonly at: Date;
  /** The invoice of the change, or of the period that begins with it. */
  readonly invoice: InvoicePreview;
}

/** Says what would be charged; Stripe is asked where Stripe charges, else it is worked out here. */
export class InvoicePreviews {
  readonly #gateway: StripeGateway;
  readonly #reader: SubscriptionReader;
  readonly #plans: PlanChanges;
  readonly #addOns: AddOnSales;
  readonly #calls: OperationCalls;
  readonly #merchants: Merchants;
  readonly #vat: ProviderVat;
  readonly #texts: ProductTexts;
  readonly #lines: LineTexts;

  constructor(deps: {
    readonly database: Database;
    readonly stripeGateway: StripeGateway;
    readonly subscriptionReader: SubscriptionReader;
    readonly planChanges: PlanChanges;
    readonly addOnSales: AddOnSales;
    readonly operationCalls: OperationCalls;
    readonly merchants: Merchants;
    readonly providerVat: ProviderVat;
    readonly productTexts: ProductTexts;
    readonly lineTexts: LineTexts;
  }) {
    this.#gateway = deps.stripeGateway;
    this.#reader = deps.subscriptionReader;
    this.#plans = deps.planChanges;
    this.#addOns = deps.addOnSales;
    this.#calls = deps.operationCalls;
    this.#merchants = deps.merchants;
    this.#vat = deps.providerVat;
    this.#texts = deps.productTexts;
    this.#lines = deps.lineTexts;
  }

  /** The next regular invoice; null where nothing is charged any more. @throws {NoSubscription} */
  async upcoming(ctx: TenantContext): Promise<InvoicePreview | null> {
    const state = await this.#reader.state(ctx);
    if (!state || !isLive(state.whole.subscription)) throw new NoSubscription();
    return this.upcomingOf(ctx, state);
  }

  /** The same, of a live subscription that has been read. */
  async upcomingOf(
    ctx: TenantContext,
    { whole, names }: Pick<SubscriptionState, 'whole' | 'names'>,
  ): Promise<InvoicePreview | null> {
    const { cancelAtPeriodEnd, status, periodEnd } = whole.subscription;
    if (cancelAtPeriodEnd || status === 'paused') return null;
    return this.#regular(ctx, whole, paidLater(whole), { from: periodEnd, names });
  }

  /** What another tier or interval would cost; changes nothing. See {@link PlanChanges.weigh} for its errors. */
  async ofTier(ctx: TenantContext, choice: TierChoice): Promise<ChangePreview> {
    const [weighed, names] = await Promise.all([this.#plans.weigh(ctx, choice), this.#texts.names(ctx)]);
    return this.ofWeighed(ctx, weighed, names);
  }

  /** The same of what has been weighed. */
  async ofWeighed(
    ctx: TenantContext,
    { whole, version, interval, when }: WeighedChange,
    names: ProductNames,
  ): Promise<ChangePreview> {
    if (!whole) {
      const wanted = { interval, pieces: [{ version, quantity: 1 }] };
      return {
        when,
        at: ctx.now,
        invoice: await this.#whole(ctx, wanted, periodOf(ctx.now, interval, 0), names),
      };
    }
    const { subscription } = whole;
    if (when === 'period_end') {
      const wanted = paidLater(whole, { tier: version, interval });
      return {
        when,
        at: subscription.periodEnd,
        invoice: await this.#regular(ctx, whole, wanted, { from: subscription.periodEnd, names }),
      };
    }
    const wanted = paidNow(whole, { tier: version, interval });
    return { when, at: ctx.now, invoice: await this.#change(ctx, whole, wanted, names) };
  }

  /** What so many pieces of an add-on would cost; changes nothing. */
  async ofAddOn(
    ctx: TenantContext,
    choice: { readonly code: string; readonly quantity: number },
  ): Promise<ChangePreview> {
    const [{ whole, version, quantity, held, when }, names] = await Promise.all([
      this.#addOns.weigh(ctx, choice),
      this.#texts.names(ctx),
    ]);
    if (when === 'period_end' && held) {
      const wanted = paidLater(whole, { addOn: { id: held.id, quantity } });
      const at = whole.subscription.periodEnd;
      return { when, at, invoice: await this.#regular(ctx, whole, wanted, { from: at, names }) };
    }
    const wanted = paidNow(whole, { addOn: { version, quantity } });
    return { when: 'now', at: ctx.now, invoice: await this.#change(ctx, whole, wanted, names) };
  }

  async #regular(
    ctx: TenantContext,
    whole: Whole,
    wanted: Wanted,
    { from, names }: { readonly from: Date; readonly names: ProductNames },
  ): Promise<InvoicePreview> {
    const { stripeSubscriptionId } = whole.subscription;
    if (stripeSubscriptionId !== null) return this.#atStripe(ctx, stripeSubscriptionId, wanted, 'period_end');
    return this.#whole(ctx, wanted, periodOf(from, wanted.interval, 0), names);
  }

  async #change(
    ctx: TenantContext,
    whole: Whole,
    wanted: Wanted,
    names: ProductNames,
  ): Promise<InvoicePreview> {
    const { stripeSubscriptionId, status, trialEndsAt, interval, periodStart, periodEnd } =
      whole.subscription;
    if (stripeSubscriptionId !== null) return this.#atStripe(ctx, stripeSubscriptionId, wanted, 'now');
    // In a trial nothing is due before its end.
    if (status === 'trialing')
      return this.#whole(ctx, wanted, periodOf(trialEndsAt ?? periodEnd, wanted.interval, 0), names);
    const before = itemsOf(paidNow(whole), names);
    const period = { start: periodStart, end: periodEnd };
    if (wanted.interval !== interval) {
      const back = prorateByDay(period, ctx.now, { before, after: [], currency: whole.tier.currency });
      const full = linesOf(itemsOf(wanted, names), periodOf(ctx.now, wanted.interval, 0));
      return this.#taxed(ctx, [...back.lines.map(prorated), ...full], whole.tier.currency, ctx.now);
    }
    const { lines } = prorateByDay(period, ctx.now, {
      before,
      after: itemsOf(wanted, names),
      currency: whole.tier.currency,
    });
    return this.#taxed(ctx, lines.map(prorated), whole.tier.currency, ctx.now);
  }

  async #atStripe(
    ctx: TenantContext,
    subscriptionId: string,
    wanted: Wanted,
    when: 'now' | 'period_end',
  ): Promise<InvoicePreview> {
    const provider = asProvider(ctx);
    const { customerId, taxRateIds } = await this.#calls.paying(provider);
    const items = await this.#calls.items(provider, wanted);
    const preview = await this.#gateway.preview(provider, {
      customerId,
      subscriptionId,
      items,
      taxRateIds,
      when,
    });
    return { ...preview, lines: await this.#lines.named(provider, preview.lines) };
  }

  async #whole(
    ctx: TenantContext,
    wanted: Wanted,
    period: Period,
    names: ProductNames,
  ): Promise<InvoicePreview> {
    const currency = wanted.pieces[0]?.version.currency ?? 'EUR';
    return this.#taxed(ctx, linesOf(itemsOf(wanted, names), period), currency, period.start);
  }

  async #taxed(
    ctx: TenantContext,
    lines: readonly PreviewLine[],
    currency: string,
    dueAt: Date,
  ): Promise<InvoicePreview> {
    const provider = asProvider(ctx);
    const { ratePercent } = await this.#vat.ofSubscription(provider, await this.#merchants.get(provider));
    const subtotalMinor = lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    const taxMinor =
      ratePercent === null
        ? 0
        : multiplyMoney(money(subtotalMinor, currency), percent(ratePercent)).amountMinor;
    return { lines, subtotalMinor, taxMinor, totalMinor: subtotalMinor + taxMinor, currency, dueAt };
  }
}

const itemsOf = ({ pieces, interval }: Wanted, names: ProductNames): readonly ProratedItem[] =>
  pieces.map(({ version, quantity }) => ({
    description: describeItem(names.nameOf(version), quantity),
    unitMinor: priceOf(version, interval) ?? 0,
    quantity,
  }));

const linesOf = (items: readonly ProratedItem[], period: Period): readonly PreviewLine[] =>
  items.map(({ description, unitMinor, quantity }) => ({
    description,
    amountMinor: unitMinor * quantity,
    proration: false,
    periodStart: period.start,
    periodEnd: period.end,
  }));

const prorated = <Line>(line: Line): Line & { readonly proration: true } => ({ ...line, proration: true });

/** `25.5` → 255 / 1000. */
function percent(text: string): { readonly numerator: bigint; readonly denominator: bigint } {
  const [whole = '0', fraction = ''] = text.split('.');
  return { numerator: BigInt(`${whole}${fraction}`), denominator: 100n * 10n ** BigInt(fraction.length) };
}

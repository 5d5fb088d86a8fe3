import { oncePerContext, type Database, type InTransaction, type TenantContext } from '@wizamart/core';
import { ofMerchant } from '../asProvider.js';
import { priceOf, type Interval, type ProductVersion } from '../catalog/ProductVersion.js';
import type { ProductNames, ProductTexts } from '../catalog/texts/ProductTexts.js';
import { NoSubscription } from './errors.js';
import { Operation, type OperationStatus } from './Operation.js';
import { readWholes } from './readWhole.js';
import { isLive, type Subscription, type SubscriptionStatus } from './Subscription.js';
import { subscriptionsHere } from './SubscriptionWriter.js';
import type { KnownAddOn, Whole } from './Wanted.js';

export interface MoneyView {
  readonly amountMinor: number;
  readonly currency: string;
}

export interface AddOnView {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly quantity: number;
  /** Net, for all pieces and one period; null: it was not sold by this interval. */
  readonly price: MoneyView | null;
  readonly startedAt: Date;
  /** Fewer pieces from the next period on; null: the same. */
  readonly pendingQuantity: number | null;
  /** Cancelled: ends then. */
  readonly endsAt: Date | null;
}

/** A subscription as it may be shown to its merchant; names in the language of who asks. */
export interface SubscriptionView {
  readonly id: string;
  readonly status: SubscriptionStatus;
  readonly isLive: boolean;
  readonly tier: { readonly code: string; readonly name: string; readonly version: number };
  readonly interval: Interval;
  /** Net, of the tier alone; null: it was not sold by this interval. */
  readonly price: MoneyView | null;
  readonly collection: 'stripe' | 'none';
  readonly periodStart: Date;
  readonly periodEnd: Date;
  readonly trialEndsAt: Date | null;
  readonly cancelAtPeriodEnd: boolean;
  /** What is planned for the end of the period. */
  readonly pending: {
    readonly tier: string;
    readonly name: string;
    readonly interval: Interval;
    readonly at: Date;
  } | null;
  readonly card: {
    readonly brand: string;
    readonly last4: string;
    readonly expMonth: number;
    readonly expYear: number;
  } | null;
  readonly addOns: readonly AddOnView[];
  readonly pastDueSince: Date | null;
  readonly pausedAt: Date | null;
  readonly endedAt: Date | null;
  readonly endReason: string | null;
  /** What was asked for last and is not done yet. */
  readonly operation: {
    readonly id: string;
    readonly kind: string;
    readonly status: OperationStatus;
    readonly confirmUrl: string | null;
  } | null;
  readonly createdAt: Date;
}

/** A subscription as pages show it, beside what it consists of and what that is called. */
export interface SubscriptionState {
  readonly view: SubscriptionView;
  readonly whole: Whole;
  readonly names: ProductNames;
}

/** Reads the subscriptions of the context's merchant on its platform. */
export class SubscriptionReader {
  readonly #database: Database;
  readonly #texts: ProductTexts;

  constructor(deps: { readonly database: Database; readonly productTexts: ProductTexts }) {
    this.#database = deps.database;
    this.#texts = deps.productTexts;
  }

  /** The live subscription, else the one that ended last; undefined where there never was one. */
  async find(ctx: TenantContext): Promise<SubscriptionView | undefined> {
    return (await this.state(ctx))?.view;
  }

  /** The same with all that it consists of, read at one time. */
  async state(ctx: TenantContext): Promise<SubscriptionState | undefined> {
    return this.#database.unit(ofMerchant(ctx), async (inside) => {
      const row = await this.row(inside);
      return row && (await this.#states(inside, [row]))[0];
    });
  }

  /** The same, once for a request: several parts of its dashboard tell of it. */
  readonly forDashboard = oncePerContext((ctx: TenantContext) => this.find(ctx));

  /** @throws {NoSubscription} */
  async current(ctx: TenantContext): Promise<SubscriptionView> {
    const found = await this.find(ctx);
    if (!found) throw new NoSubscription();
    return found;
  }

  /** All there ever were, newest first. */
  async history(ctx: TenantContext): Promise<readonly SubscriptionView[]> {
    return (await this.states(ctx)).map(({ view }) => view);
  }

  /** The same with all that they consist of. */
  async states(ctx: TenantContext): Promise<readonly SubscriptionState[]> {
    return this.#database.unit(ofMerchant(ctx), async (inside) =>
      this.#states(
        inside,
        await subscriptionsHere(inside).orderBy('createdAt', 'desc').orderBy('id', 'desc'),
      ),
    );
  }

  async row(ctx: InTransaction): Promise<Subscription | undefined> {
    const rows = await subscriptionsHere(ctx).orderBy('createdAt', 'desc').orderBy('id', 'desc');
    return rows.find(isLive) ?? rows[0];
  }

  async #states(ctx: InTransaction, rows: readonly Subscription[]): Promise<readonly SubscriptionState[]> {
    const [wholes, names, operation] = await Promise.all([
      readWholes(ctx, rows),
      this.#texts.names(ctx),
      Operation.in(ctx)
        .where({ platformId: ctx.platform.id })
        .whereIn('status', ['open', 'awaiting'])
        .limit(1)
        .first(),
    ]);
    return wholes.map((whole) => ({ view: viewOf(whole, names, operation), whole, names }));
  }
}

function viewOf(
  { subscription: row, tier: version, addOns, pendingTier }: Whole,
  names: ProductNames,
  operation: Operation | undefined,
): SubscriptionView {
  const planned = pendingTier ?? version;
  return {
    id: row.id,
    status: row.status,
    isLive: isLive(row),
    tier: { code: version.code, name: names.nameOf(version), version: version.version },
    interval: row.interval,
    price: moneyOf(version, row.interval),
    collection: row.collection,
    periodStart: row.periodStart,
    periodEnd: row.periodEnd,
    trialEndsAt: row.trialEndsAt,
    cancelAtPeriodEnd: row.cancelAtPeriodEnd,
    pending:
      row.pendingVersionId === null && row.pendingInterval === null
        ? null
        : {
            tier: planned.code,
            name: names.nameOf(planned),
            interval: row.pendingInterval ?? row.interval,
            at: row.periodEnd,
          },
    card: cardOf(row),
    addOns: addOns.map((addOn) => addOnView(addOn, row.interval, names)),
    pastDueSince: row.pastDueSince,
    pausedAt: row.pausedAt,
    endedAt: row.endedAt,
    endReason: row.endReason,
    operation: operation
      ? { id: operation.id, kind: operation.kind, status: operation.status, confirmUrl: operation.confirmUrl }
      : null,
    createdAt: row.createdAt,
  };
}

const cardOf = ({
  cardBrand,
  cardLast4,
  cardExpMonth,
  cardExpYear,
}: Subscription): SubscriptionView['card'] =>
  cardBrand === null || cardLast4 === null
    ? null
    : { brand: cardBrand, last4: cardLast4, expMonth: cardExpMonth ?? 0, expYear: cardExpYear ?? 0 };

function addOnView(addOn: KnownAddOn, interval: Interval, names: ProductNames): AddOnView {
  const { version } = addOn;
  const each = moneyOf(version, interval);
  return {
    id: addOn.id,
    code: version.code,
    name: names.nameOf(version),
    quantity: addOn.quantity,
    price: each && { ...each, amountMinor: each.amountMinor * addOn.quantity },
    startedAt: addOn.startedAt,
    pendingQuantity: addOn.pendingQuantity,
    endsAt: addOn.endsAt,
  };
}

const moneyOf = (version: ProductVersion, interval: Interval): MoneyView | null => {
  const amountMinor = priceOf(version, interval);
  return amountMinor === null ? null : { amountMinor, currency: version.currency };
};

import type { StripeSubscription } from '../stripe/gatewayTypes.js';
import type { ProductVersion, Interval } from '../catalog/ProductVersion.js';
import { SubscriptionChanged, SubscriptionPlanned, SubscriptionRenewed } from './events.js';
import { close, type Operation, operationsHere } from './Operation.js';
import type { StripeItems } from './StripeItems.js';
import { isLive, type Subscription, type SubscriptionStatus } from './Subscription.js';
import type { ProviderUnit, SubscriptionPatch, SubscriptionWriter } from './SubscriptionWriter.js';
import { transitionTo } from './transitions.js';

interface KnownItem {
  readonly version: ProductVersion;
  readonly interval: Interval;
  readonly quantity: number;
}

/**
 * Brings our subscription to what Stripe says: status, period, items, what is planned. It looks at the whole as it is
 * now, never at what one notice says, so that notices may come in any order and any number of times.
 */
export class StripeSync {
  readonly #writer: SubscriptionWriter;
  readonly #items: StripeItems;

  constructor(deps: { readonly subscriptionWriter: SubscriptionWriter; readonly stripeItems: StripeItems }) {
    this.#writer = deps.subscriptionWriter;
    this.#items = deps.stripeItems;
  }

  /** Makes the row of a subscription that Stripe has and we do not yet. */
  async adopt(ctx: ProviderUnit, id: string, stripe: StripeSubscription | null): Promise<void> {
    if (!stripe || (await this.#writer.locked(ctx, id))) return;
    const items = await this.#known(ctx, stripe.items);
    const tier = items.find(({ version }) => version.kind === 'tier');
    if (!tier || !['active', 'trialing', 'past_due'].includes(stripe.status)) return;
    const made = await this.#writer.create(ctx, {
      id,
      status: 'active',
      version: tier.version,
      interval: tier.interval,
      period: { start: stripe.currentPeriodStart, end: stripe.currentPeriodEnd },
      trialEndsAt: null,
      collection: 'stripe',
    });
    await this.apply(ctx, made, stripe);
  }

  /** In the provider's unit, with the row locked. */
  async apply(ctx: ProviderUnit, row: Subscription, stripe: StripeSubscription): Promise<void> {
    const isOurs = row.stripeSubscriptionId === stripe.id;
    const isOver = ['canceled', 'incomplete_expired', 'incomplete'].includes(stripe.status);
    // One that we let go, or that never came to be, says nothing of the subscription any more.
    if (!isLive(row) || (!isOurs && (isOver || row.stripeSubscriptionId !== null))) {
      await this.#settle(ctx, row, stripe);
      return;
    }
    let current = await this.#moved(ctx, row, stripe);
    if (isLive(current)) current = await this.#changed(ctx, current, stripe);
    await this.#settle(ctx, current, stripe);
  }

  async #moved(ctx: ProviderUnit, row: Subscription, stripe: StripeSubscription): Promise<Subscription> {
    const to = statusOf(row, stripe);
    const name = transitionTo(row.status, to);
    if (name === undefined) return row;
    return this.#writer.move(ctx, row, name, {
      stripeSubscriptionId: stripe.id,
      collection: 'stripe',
      // Due is what the period costs; changes within it wait until they are paid.
      pastDueSince: to === 'past_due' ? (row.pastDueSince ?? stripe.currentPeriodStart) : null,
      ...(to === 'past_due' ? {} : { dunningStep: 0 }),
      ...(to === 'active' ? { pausedAt: null, pausedLeftMs: null, trialEndsAt: null } : {}),
      ...(to === 'paused' ? { pausedAt: stripe.trialEndsAt ?? ctx.now, pausedLeftMs: 0 } : {}),
      ...(to === 'cancelled' || to === 'expired'
        ? { endedAt: stripe.endedAt ?? stripe.canceledAt ?? ctx.now, endReason: row.endReason ?? 'stripe' }
        : {}),
    });
  }

  async #changed(ctx: ProviderUnit, row: Subscription, stripe: StripeSubscription): Promise<Subscription> {
    const items = await this.#known(ctx, stripe.items);
    const planned = stripe.plannedItems && (await this.#known(ctx, stripe.plannedItems));
    const tier = items.find(({ version }) => version.kind === 'tier');
    const next = planned?.find(({ version }) => version.kind === 'tier');
    const wasRenewed = stripe.currentPeriodStart > row.periodStart;
    const isOther =
      tier !== undefined && (tier.version.id !== row.versionId || tier.interval !== row.interval);
    const isPlanned =
      tier && next && (next.version.id !== tier.version.id || next.interval !== tier.interval) ? next : null;
    const patch: SubscriptionPatch = {
      stripeSubscriptionId: stripe.id,
      collection: 'stripe',
      periodStart: stripe.currentPeriodStart,
      periodEnd: stripe.currentPeriodEnd,
      cancelAtPeriodEnd: stripe.cancelAtPeriodEnd,
      pendingVersionId: isPlanned?.version.id ?? null,
      pendingInterval: isPlanned?.interval ?? null,
      ...(isOther && { versionId: tier.version.id, interval: tier.interval }),
      ...(row.status === 'trialing' && stripe.trialEndsAt && { trialEndsAt: stripe.trialEndsAt }),
      ...(isOther && tier.interval !== row.interval && { anchorAt: stripe.currentPeriodStart }),
    };
    if (!differs(row, patch)) {
      await this.#addOns(ctx, row, items, planned);
      return row;
    }
    const wasPlanned =
      row.pendingVersionId !== patch.pendingVersionId || row.cancelAtPeriodEnd !== patch.cancelAtPeriodEnd;
    const event = isOther
      ? SubscriptionChanged
      : wasRenewed
        ? SubscriptionRenewed
        : wasPlanned
          ? SubscriptionPlanned
          : undefined;
    const after = await this.#writer.change(ctx, row, patch, event);
    await this.#addOns(ctx, after, items, planned);
    return after;
  }

  async #addOns(
    ctx: ProviderUnit,
    row: Subscription,
    items: readonly KnownItem[],
    planned: readonly KnownItem[] | null,
  ): Promise<void> {
    const bought = items.filter(({ version }) => version.kind === 'add_on');
    for (const addOn of await this.#writer.addOns(ctx, row.id))
      if (!bought.some(({ version }) => version.code === addOn.code))
        await this.#writer.endAddOn(ctx, row, addOn);
    const held = await this.#writer.addOns(ctx, row.id);
    for (const { version, quantity } of bought)
      if (!held.some((addOn) => addOn.versionId === version.id && addOn.quantity === quantity))
        await this.#writer.setAddOn(ctx, row, version, quantity);
    for (const addOn of await this.#writer.addOns(ctx, row.id)) {
      const next = (planned ?? bought).find(({ version }) => version.code === addOn.code);
      if (next) await this.#writer.planAddOn(ctx, row, { addOnId: addOn.id, quantity: next.quantity });
      else if (addOn.endsAt === null) await this.#writer.cancelAddOn(ctx, row, addOn.id, row.periodEnd);
    }
  }

  /** Ends a change that was awaited: it came, or it will not come any more. */
  async #settle(ctx: ProviderUnit, row: Subscription, stripe: StripeSubscription): Promise<void> {
    const awaited = await operationsHere(ctx).findOne({ status: 'awaiting' }).forUpdate();
    if (!awaited || stripe.status === 'incomplete' || stripe.pendingItems !== null) return;
    if (awaited.subscriptionId !== null && awaited.subscriptionId !== row.id) return;
    const came = await this.#came(ctx, awaited, row, stripe);
    await close(ctx, awaited.id, came ? 'done' : 'failed', came ? null : 'BILLING_NOT_CONFIRMED');
  }

  async #came(
    ctx: ProviderUnit,
    { payload }: Operation,
    row: Subscription,
    stripe: StripeSubscription,
  ): Promise<boolean> {
    if (payload.kind === 'change_now')
      return row.versionId === payload.versionId && row.interval === payload.interval;
    if (payload.kind === 'set_add_on')
      return (await this.#writer.addOns(ctx, row.id)).some(
        (addOn) => addOn.versionId === payload.versionId && addOn.quantity === payload.quantity,
      );
    return row.stripeSubscriptionId === stripe.id && row.status === 'active';
  }

  async #known(
    ctx: ProviderUnit,
    items: readonly { readonly priceId: string; readonly quantity: number }[],
  ): Promise<KnownItem[]> {
    const known: KnownItem[] = [];
    for (const { priceId, quantity } of items) {
      const found = await this.#items.versionOf(ctx, priceId);
      if (found) known.push({ ...found, quantity });
    }
    return known;
  }
}

/** Stripe calls time that is given free of charge a trial; ours is over once the subscription was active. */
function statusOf(row: Subscription, stripe: StripeSubscription): SubscriptionStatus {
  switch (stripe.status) {
    case 'trialing':
      return row.status === 'trialing' ? 'trialing' : 'active';
    case 'active':
      return 'active';
    case 'past_due':
    case 'unpaid':
      return 'past_due';
    case 'paused':
      return 'paused';
    case 'canceled':
      return row.status === 'trialing' && !row.cancelAtPeriodEnd ? 'expired' : 'cancelled';
    default:
      return row.status;
  }
}

const differs = (row: Subscription, patch: SubscriptionPatch): boolean =>
  Object.entries(patch).some(([key, value]) => {
    const now = row[key as keyof Subscription] as unknown;
    return now instanceof Date && value instanceof Date ? now.getTime() !== value.getTime() : now !== value;
  });

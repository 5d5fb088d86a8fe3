import type { Audit, EventBus, EventRef, InTransaction } from '@wizamart/core';
import { uuidv7 } from '@wizamart/core';
import type { MerchantContext } from '../asProvider.js';
import { type Interval, ProductVersion } from '../catalog/ProductVersion.js';
import { usageSince } from '../usage/usageSince.js';
import type { Period } from './calendar.js';
import type { EntitlementProjection } from './EntitlementProjection.js';
import { AddOnNotFound, SubscriptionExists, TransitionRefused } from './errors.js';
import {
  AddOnBought,
  AddOnCancelled,
  AddOnEnded,
  SubscriptionStarted,
  type SubscriptionFact,
} from './events.js';
import { SubscribedAddOn, Subscription, type SubscriptionStatus } from './Subscription.js';
import { TRANSITIONS, type TransitionName } from './transitions.js';

export type SubscriptionPatch = Partial<Omit<Subscription, 'id' | 'merchantId' | 'platformId' | 'status'>>;

export interface NewSubscriptionRow {
  readonly id?: string;
  readonly status: 'trialing' | 'active';
  readonly version: ProductVersion;
  readonly interval: Interval;
  readonly period: Period;
  readonly trialEndsAt: Date | null;
  readonly collection: 'stripe' | 'none';
}

/** The provider's unit of work at a merchant. */
export type ProviderUnit = InTransaction<MerchantContext>;

const LOCK = 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))';

/**
 * The only one who writes subscriptions: each change with its line in the trail, its event, and what it entitles to,
 * in one transaction of the provider.
 */
export class SubscriptionWriter {
  readonly #audit: Audit;
  readonly #events: EventBus;
  readonly #projection: EntitlementProjection;

  constructor(deps: {
    readonly audit: Audit;
    readonly events: EventBus;
    readonly projection: EntitlementProjection;
  }) {
    this.#audit = deps.audit;
    this.#events = deps.events;
    this.#projection = deps.projection;
  }

  /** Makes beginnings of one merchant's subscriptions wait for each other until the transaction ends. */
  async lock(ctx: ProviderUnit): Promise<void> {
    await ctx.tx.query(LOCK, [`billing subscription ${ctx.platform.id} ${ctx.merchant.id}`]);
  }

  /** The live subscription of the context's merchant, locked until the transaction ends. */
  async live(ctx: ProviderUnit): Promise<Subscription | undefined> {
    return subscriptionsHere(ctx)
      .whereIn('status', ['trialing', 'active', 'past_due', 'paused'])
      .forUpdate()
      .first();
  }

  /** A subscription of the context's merchant, locked. */
  async locked(ctx: ProviderUnit, id: string): Promise<Subscription | undefined> {
    return subscriptionsHere(ctx).findOne({ id }).forUpdate();
  }

  /** @throws {SubscriptionExists} */
  async create(ctx: ProviderUnit, input: NewSubscriptionRow): Promise<Subscription> {
    await this.lock(ctx);
    if (await this.live(ctx)) throw new SubscriptionExists();
    const { version, period, id = uuidv7(ctx.now), ...rest } = input;
    const made = await Subscription.in(ctx).insertAndFetch({
      id,
      ...rest,
      platformId: ctx.platform.id,
      versionId: version.id,
      anchorAt: period.start,
      periodStart: period.start,
      periodEnd: period.end,
      cancelAtPeriodEnd: false,
      dunningStep: 0,
      trialStep: 0,
      usageSince: usageSince(ctx.now, period.start),
      createdAt: ctx.now,
      updatedAt: ctx.now,
    });
    await this.#record(ctx, 'billing.subscription.started', made, undefined, {
      status: made.status,
      tier: version.code,
      version: version.version,
      interval: made.interval,
      trialEndsAt: made.trialEndsAt,
    });
    await this.#tell(ctx, SubscriptionStarted, made, version.code, null);
    await this.project(ctx, made);
    return made;
  }

  /** Another status, by a named way. @throws {TransitionRefused} nothing is written */
  async move(
    ctx: ProviderUnit,
    subscription: Subscription,
    name: TransitionName,
    patch: SubscriptionPatch = {},
  ): Promise<Subscription> {
    const { from, to, event } = TRANSITIONS[name];
    if (!(from as readonly SubscriptionStatus[]).includes(subscription.status))
      throw new TransitionRefused({ what: name, status: subscription.status });
    const after = await this.#patch(ctx, subscription, { ...patch, status: to });
    await this.#record(
      ctx,
      event.name,
      after,
      { status: subscription.status, ...before(subscription, patch) },
      { status: to, ...patch },
    );
    await this.#tell(ctx, event, after, (await this.versionOf(ctx, after)).code, subscription.status);
    if (to === 'cancelled' || to === 'expired') await this.#endAddOns(ctx, after);
    await this.project(ctx, after);
    return after;
  }

  /** The same status, something else. @param event left out: of no interest to others */
  async change(
    ctx: ProviderUnit,
    subscription: Subscription,
    patch: SubscriptionPatch,
    event?: EventRef<SubscriptionFact>,
  ): Promise<Subscription> {
    const after = await this.#patch(ctx, subscription, patch);
    if (event) {
      await this.#record(ctx, event.name, after, before(subscription, patch), patch);
      await this.#tell(ctx, event, after, (await this.versionOf(ctx, after)).code, subscription.status);
    }
    if (
      after.versionId !== subscription.versionId ||
      after.anchorAt.getTime() !== subscription.anchorAt.getTime()
    )
      await this.project(ctx, after);
    return after;
  }

  /** Add-ons that count. */
  async addOns(ctx: InTransaction, subscriptionId: string): Promise<SubscribedAddOn[]> {
    return SubscribedAddOn.in(ctx).where({ subscriptionId }).whereNull('endedAt').orderBy('startedAt');
  }

  /** So many pieces of an add-on from now on; 0 ends it. */
  async setAddOn(
    ctx: ProviderUnit,
    subscription: Subscription,
    version: ProductVersion,
    quantity: number,
  ): Promise<void> {
    const known = (await this.addOns(ctx, subscription.id)).find(({ code }) => code === version.code);
    if (known?.quantity === quantity && known.versionId === version.id && isUnchanged(known)) return;
    if (known) await this.#endAddOn(ctx, known, { replaced: quantity > 0 });
    if (quantity > 0) {
      const made = await SubscribedAddOn.in(ctx).insertAndFetch({
        id: uuidv7(ctx.now),
        platformId: ctx.platform.id,
        subscriptionId: subscription.id,
        versionId: version.id,
        code: version.code,
        quantity,
        startedAt: ctx.now,
      });
      await this.#audit.record(ctx, {
        action: 'billing.add_on.bought',
        subject: { type: 'billing.add_on', id: made.id, name: version.name },
        from: known && { quantity: known.quantity },
        to: { code: version.code, quantity },
      });
      await this.#events.emit(ctx, AddOnBought, factOf(made));
    }
    await this.project(ctx, subscription);
  }

  /** What ends at a time ends then by itself; this writes down that it has. */
  async endAddOn(ctx: ProviderUnit, subscription: Subscription, addOn: SubscribedAddOn): Promise<void> {
    await this.#endAddOn(ctx, addOn, { replaced: false });
    await this.project(ctx, subscription);
  }

  /** What an add-on gives ends at a time; it is not sold on. @throws {AddOnNotFound} */
  async cancelAddOn(ctx: ProviderUnit, subscription: Subscription, id: string, endsAt: Date): Promise<void> {
    const addOn = (await this.addOns(ctx, subscription.id)).find((known) => known.id === id);
    if (!addOn) throw new AddOnNotFound({ addOn: id });
    if (addOn.endsAt?.getTime() === endsAt.getTime()) return;
    await SubscribedAddOn.in(ctx).where({ id }).patch({ endsAt, pendingQuantity: null });
    await this.project(ctx, subscription);
    await this.#audit.record(ctx, {
      action: 'billing.add_on.cancelled',
      subject: { type: 'billing.add_on', id, name: addOn.code },
      from: { endsAt: addOn.endsAt },
      to: { endsAt },
    });
    await this.#events.emit(ctx, AddOnCancelled, factOf(addOn));
  }

  /** An add-on goes on with so many pieces from the next period on. @throws {AddOnNotFound} */
  async planAddOn(
    ctx: ProviderUnit,
    subscription: Subscription,
    { addOnId: id, quantity }: { readonly addOnId: string; readonly quantity: number },
  ): Promise<void> {
    const addOn = (await this.addOns(ctx, subscription.id)).find((known) => known.id === id);
    if (!addOn) throw new AddOnNotFound({ addOn: id });
    const pendingQuantity = quantity === addOn.quantity ? null : quantity;
    if (addOn.pendingQuantity === pendingQuantity && addOn.endsAt === null) return;
    await SubscribedAddOn.in(ctx).where({ id }).patch({ pendingQuantity, endsAt: null });
    await this.project(ctx, subscription);
    await this.#audit.record(ctx, {
      action: 'billing.add_on.planned',
      subject: { type: 'billing.add_on', id, name: addOn.code },
      from: { pendingQuantity: addOn.pendingQuantity, endsAt: addOn.endsAt },
      to: { pendingQuantity, endsAt: null },
    });
  }

  versionOf(ctx: InTransaction, { versionId }: { readonly versionId: string }): Promise<ProductVersion> {
    return ProductVersion.in(ctx)
      .findOne({ id: versionId })
      .throwIfNotFound() as unknown as Promise<ProductVersion>;
  }

  /** Brings core up to what the subscription says. */
  async project(ctx: ProviderUnit, subscription: Subscription): Promise<void> {
    const counting = [];
    for (const addOn of await this.addOns(ctx, subscription.id))
      counting.push({ addOn, version: await this.versionOf(ctx, addOn) });
    await this.#projection.write(ctx, subscription, await this.versionOf(ctx, subscription), counting);
  }

  async #patch(
    ctx: ProviderUnit,
    { id }: Subscription,
    patch: SubscriptionPatch & { readonly status?: SubscriptionStatus },
  ): Promise<Subscription> {
    await subscriptionsHere(ctx)
      .findOne({ id })
      .patch({ ...patch, updatedAt: ctx.now });
    return subscriptionsHere(ctx).findOne({ id }).throwIfNotFound() as unknown as Promise<Subscription>;
  }

  async #endAddOns(ctx: ProviderUnit, { id }: Subscription): Promise<void> {
    for (const addOn of await this.addOns(ctx, id)) await this.#endAddOn(ctx, addOn, { replaced: false });
  }

  async #endAddOn(
    ctx: ProviderUnit,
    addOn: SubscribedAddOn,
    { replaced }: { readonly replaced: boolean },
  ): Promise<void> {
    await SubscribedAddOn.in(ctx)
      .where({ id: addOn.id })
      .patch({ endedAt: addOn.endsAt ?? ctx.now });
    if (replaced) return;
    await this.#audit.record(ctx, {
      action: 'billing.add_on.ended',
      subject: { type: 'billing.add_on', id: addOn.id, name: addOn.code },
      from: { quantity: addOn.quantity },
    });
    await this.#events.emit(ctx, AddOnEnded, factOf(addOn));
  }

  async #record(
    ctx: ProviderUnit,
    action: string,
    { id }: Subscription,
    from: unknown,
    to: unknown,
  ): Promise<void> {
    await this.#audit.record(ctx, {
      action,
      subject: { type: 'billing.subscription', id, name: ctx.merchant.name },
      from,
      to,
    });
  }

  async #tell(
    ctx: ProviderUnit,
    event: EventRef<SubscriptionFact>,
    { id, status, interval }: Subscription,
    tier: string,
    from: SubscriptionStatus | null,
  ): Promise<void> {
    await this.#events.emit(ctx, event, { subscriptionId: id, status, tier, interval, from });
  }
}

/** Of the context's merchant on its platform. */
export const subscriptionsHere = (ctx: InTransaction) =>
  Subscription.in(ctx).where({ platformId: ctx.platform.id });

const before = (subscription: Subscription, patch: SubscriptionPatch): Record<string, unknown> =>
  Object.fromEntries(Object.keys(patch).map((key) => [key, subscription[key as keyof Subscription]]));

/** Nothing is planned for it. */
const isUnchanged = ({ endsAt, pendingQuantity }: SubscribedAddOn): boolean =>
  endsAt === null && pendingQuantity === null;

const factOf = ({ id, subscriptionId, code, quantity }: SubscribedAddOn) => ({
  addOnId: id,
  subscriptionId,
  code,
  quantity,
});

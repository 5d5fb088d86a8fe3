import type { Merchants, ModuleSettings, TenantContext } from '@wizamart/core';
import type { MerchantContext } from '../asProvider.js';
import type { BillingSettings } from '../settings.js';
import { CardDeclined } from '../stripe/errors.js';
import type { ItemInput, StripeSubscription } from '../stripe/gatewayTypes.js';
import type { StripeGateway } from '../stripe/StripeGateway.js';
import { NoSubscription } from './errors.js';
import type { Operation } from './Operation.js';
import type { ProviderVat } from './ProviderVat.js';
import type { StripeItems } from './StripeItems.js';
import type { ProductVersion } from '../catalog/ProductVersion.js';
import type { Catalogue } from '../catalog/Catalogue.js';
import { paidLater, paidNow, sameWanted, type Wanted, type Whole } from './Wanted.js';

/** What Stripe is to be told of whom. */
export interface Paying {
  readonly customerId: string;
  readonly taxRateIds: readonly string[];
}

/** Tells Stripe what a change is about; each call is safe to repeat. Never inside a unit of work. */
export class OperationCalls {
  readonly #gateway: StripeGateway;
  readonly #items: StripeItems;
  readonly #merchants: Merchants;
  readonly #settings: ModuleSettings;
  readonly #vat: ProviderVat;
  readonly #catalogue: Catalogue;

  constructor(deps: {
    readonly stripeGateway: StripeGateway;
    readonly stripeItems: StripeItems;
    readonly merchants: Merchants;
    readonly settings: ModuleSettings;
    readonly providerVat: ProviderVat;
    readonly catalogue: Catalogue;
  }) {
    this.#gateway = deps.stripeGateway;
    this.#items = deps.stripeItems;
    this.#merchants = deps.merchants;
    this.#settings = deps.settings;
    this.#vat = deps.providerVat;
    this.#catalogue = deps.catalogue;
  }

  /** The merchant as Stripe's customer, and its tax. */
  async paying(ctx: TenantContext): Promise<Paying> {
    const { id, legalName, email, country, vatId, ...rest } = await this.#merchants.get(ctx);
    const tax = await this.#vat.ofSubscription(ctx, { id, legalName, email, country, vatId, ...rest });
    const { customerId } = await this.#gateway.ensureCustomer(ctx, {
      merchantId: id,
      name: legalName,
      email,
      country,
      vatId,
      taxExempt: tax.taxExempt,
    });
    if (tax.ratePercent === null) return { customerId, taxRateIds: [] };
    const { taxRateId } = await this.#gateway.ensureTaxRate(ctx, {
      country: tax.country,
      percent: tax.ratePercent,
      inclusive: false,
    });
    return { customerId, taxRateIds: [taxRateId] };
  }

  items(ctx: TenantContext, { pieces, interval }: Wanted): Promise<readonly ItemInput[]> {
    return this.#items.itemsOf(ctx, pieces, interval);
  }

  /** @returns the subscription as Stripe has it afterwards; null where Stripe has nothing to do with it */
  async make(
    ctx: MerchantContext,
    operation: Operation,
    whole: Whole | undefined,
  ): Promise<StripeSubscription | null> {
    const { payload, id } = operation;
    if (payload.kind === 'subscribe')
      return this.#create(ctx, {
        wanted: {
          interval: payload.interval,
          pieces: [{ version: await this.#version(ctx, payload.versionId), quantity: 1 }],
        },
        trialEndsAt: null,
        reference: id,
        key: id,
      });
    if (!whole) throw new NoSubscription();
    const { subscription } = whole;
    if (payload.kind === 'collect' || (payload.kind === 'resume' && subscription.cardBrand !== null))
      return this.#create(ctx, {
        wanted: paidNow(whole),
        trialEndsAt: freeUntil(operation.requestedAt, whole),
        reference: subscription.id,
        key: id,
      });
    const subscriptionId = subscription.stripeSubscriptionId;
    return subscriptionId === null ? null : this.#change(ctx, operation, whole, subscriptionId);
  }

  async #change(
    ctx: MerchantContext,
    { payload, id: idempotencyKey }: Operation,
    whole: Whole,
    subscriptionId: string,
  ): Promise<StripeSubscription | null> {
    const call = { subscriptionId, idempotencyKey };
    switch (payload.kind) {
      case 'change_now': {
        const tier = await this.#version(ctx, payload.versionId);
        const wanted = paidNow(whole, { tier, interval: payload.interval });
        return this.#now(
          ctx,
          call,
          wanted,
          paidLater({ ...whole, pendingTier: null }, { tier, interval: payload.interval }),
        );
      }
      case 'set_add_on': {
        const addOn = { version: await this.#version(ctx, payload.versionId), quantity: payload.quantity };
        const wanted = paidNow(whole, { addOn });
        const later = paidLater(whole);
        const pieces = [...later.pieces.filter(({ version }) => version.code !== addOn.version.code), addOn];
        return this.#now(ctx, call, wanted, { ...later, pieces });
      }
      case 'change_later': {
        const tier = await this.#version(ctx, payload.versionId);
        return this.#later(ctx, call, paidLater(whole, { tier, interval: payload.interval }));
      }
      case 'plan_add_on': {
        const { addOnId, quantity } = payload;
        const later = paidLater(whole, { addOn: { id: addOnId, quantity } });
        return sameWanted(later, paidNow(whole))
          ? this.#gateway.dropPlannedChange(ctx, { subscriptionId })
          : this.#later(ctx, call, later);
      }
      case 'cancel_add_on':
        return this.#later(ctx, call, paidLater(whole, { withoutAddOn: payload.addOnId }));
      case 'drop_change': {
        const stays = paidLater({ ...whole, pendingTier: null }, { interval: whole.subscription.interval });
        const dropped = await this.#gateway.dropPlannedChange(ctx, { subscriptionId });
        return sameWanted(stays, paidNow(whole)) ? dropped : this.#later(ctx, call, stays);
      }
      case 'cancel_later':
        return this.#gateway.cancelAtPeriodEnd(ctx, call);
      case 'reactivate':
        return this.#gateway.reactivate(ctx, call);
      case 'cancel_now':
      case 'downgrade':
      case 'expire':
      case 'pause':
        return this.#gateway.cancelNow(ctx, call);
      case 'resume':
        return this.#gateway.resume(ctx, call);
      default:
        return null;
    }
  }

  /** Changes at once, and plans again what was planned: Stripe forgets it with the change. */
  async #now(
    ctx: MerchantContext,
    call: { readonly subscriptionId: string; readonly idempotencyKey: string },
    now: Wanted,
    later: Wanted,
  ): Promise<StripeSubscription> {
    const changed = await this.#gateway.changeNow(ctx, { ...call, items: await this.items(ctx, now) });
    if (changed.pendingItems !== null || sameWanted(now, later)) return changed;
    return this.#later(ctx, { ...call, idempotencyKey: `${call.idempotencyKey}:plan` }, later);
  }

  async #later(
    ctx: MerchantContext,
    call: { readonly subscriptionId: string; readonly idempotencyKey: string },
    later: Wanted,
  ): Promise<StripeSubscription> {
    return this.#gateway.changeAtPeriodEnd(ctx, { ...call, items: await this.items(ctx, later) });
  }

  async #create(
    ctx: MerchantContext,
    {
      wanted,
      trialEndsAt,
      reference,
      key,
    }: {
      readonly wanted: Wanted;
      readonly trialEndsAt: Date | null;
      readonly reference: string;
      readonly key: string;
    },
  ): Promise<StripeSubscription> {
    const { trialEndPolicy } = this.#settings.of<BillingSettings>(ctx, 'billing');
    const made = await this.#gateway.createSubscription(ctx, {
      ...(await this.paying(ctx)),
      items: await this.items(ctx, wanted),
      trialEndsAt,
      missingCard: { expire: 'cancel', pause: 'pause', downgrade: 'create_invoice' }[
        trialEndPolicy
      ] as 'cancel',
      reference,
      idempotencyKey: key,
    });
    if (made.status !== 'incomplete' || made.paymentProblem !== 'declined') return made;
    // Nobody counts on it any more: its invoice would be tried again.
    await this.#gateway.cancelNow(ctx, { subscriptionId: made.id, idempotencyKey: `${key}:declined` });
    const { code, declineCode, message } = made.paymentFailure ?? {
      code: 'card_declined',
      declineCode: null,
      message: 'The card was declined.',
    };
    throw new CardDeclined({ code, declineCode, reason: message });
  }

  #version(ctx: TenantContext, id: string): Promise<ProductVersion> {
    return this.#catalogue.byId(ctx, id);
  }
}

/** Until when nothing is charged: the end of the trial, of the time that is paid, or of what was left at a pause. */
function freeUntil(now: Date, { subscription }: Whole): Date | null {
  const { status, trialEndsAt, pausedLeftMs, periodEnd } = subscription;
  const until =
    status === 'trialing'
      ? trialEndsAt
      : status === 'paused'
        ? new Date(now.getTime() + (pausedLeftMs ?? 0))
        : periodEnd;
  return until && until > now ? until : null;
}

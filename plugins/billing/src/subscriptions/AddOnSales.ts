import type { TenantContext } from '@wizamart/core';
import { asProvider } from '../asProvider.js';
import type { Catalogue, Offer } from '../catalog/Catalogue.js';
import { NotForSale } from '../catalog/errors.js';
import { priceOf, type ProductVersion } from '../catalog/ProductVersion.js';
import { isMerchant, needsCard } from './changeRules.js';
import {
  AddOnNotFound,
  AddOnQuantity,
  CardNeeded,
  NoSubscription,
  NothingToChange,
  TransitionRefused,
} from './errors.js';
import type { Operations, Outcome } from './Operations.js';
import type { PlanChanges } from './PlanChanges.js';
import type { KnownAddOn, Whole } from './Wanted.js';

/** What so many pieces of an add-on amount to, and when. */
export interface WeighedAddOn {
  readonly whole: Whole;
  readonly version: ProductVersion;
  readonly quantity: number;
  /** What there is of it. */
  readonly held: KnownAddOn | undefined;
  readonly when: 'now' | 'period_end';
}

export type SoldAddOn = Outcome & { readonly when: 'now' | 'period_end' };

/** Sells and ends add-ons beside a tier, each on its own. */
export class AddOnSales {
  readonly #catalogue: Catalogue;
  readonly #plans: PlanChanges;
  readonly #operations: Operations;

  constructor(deps: {
    readonly catalogue: Catalogue;
    readonly planChanges: PlanChanges;
    readonly operations: Operations;
  }) {
    this.#catalogue = deps.catalogue;
    this.#plans = deps.planChanges;
    this.#operations = deps.operations;
  }

  /** Add-ons that are sold to everybody. */
  offers(ctx: TenantContext): Promise<readonly Offer[]> {
    return this.#catalogue.offers(ctx, { kind: 'add_on', onlyPublic: true });
  }

  /**
   * Has so many pieces of an add-on: more at once, with the difference for the rest of the period; fewer from the next
   * period on. In a trial nothing is paid, so all is done at once. As many as there are drops what was planned.
   *
   * @throws {NotForSale} {@link AddOnQuantity} {@link CardDeclined}; nothing has changed then
   */
  async buy(
    ctx: TenantContext,
    { code, quantity }: { readonly code: string; readonly quantity: number },
  ): Promise<SoldAddOn> {
    const { whole, version, held, when } = await this.weigh(ctx, { code, quantity });
    if (when === 'period_end' && held) return { ...(await this.#plan(ctx, whole, held.id, quantity)), when };
    if (needsCard(ctx, whole.subscription)) throw new CardNeeded();
    const change = { kind: 'set_add_on', versionId: version.id, quantity } as const;
    return { ...(await this.#operations.carryOut(ctx, whole.subscription.id, change)), when };
  }

  /** Goes on with as many pieces as there are: drops what was planned. @throws {AddOnNotFound} {@link NothingToChange} */
  async keep(ctx: TenantContext, addOnId: string): Promise<Outcome> {
    const whole = await this.#live(ctx);
    const addOn = whole.addOns.find(({ id }) => id === addOnId);
    if (!addOn) throw new AddOnNotFound({ addOn: addOnId });
    if (!isPlanned(addOn)) throw new NothingToChange();
    return this.#plan(ctx, whole, addOnId, addOn.quantity);
  }

  /** Sells it on no longer: what it gives ends with the period that is paid. @throws {AddOnNotFound} */
  async cancel(ctx: TenantContext, addOnId: string): Promise<Outcome> {
    const whole = await this.#live(ctx);
    const addOn = whole.addOns.find(({ id }) => id === addOnId);
    if (!addOn) throw new AddOnNotFound({ addOn: addOnId });
    if (addOn.endsAt) throw new NothingToChange();
    return this.#operations.carryOut(ctx, whole.subscription.id, { kind: 'cancel_add_on', addOnId });
  }

  /** What buying amounts to; changes nothing. */
  async weigh(
    ctx: TenantContext,
    { code, quantity }: { readonly code: string; readonly quantity: number },
  ): Promise<WeighedAddOn> {
    const whole = await this.#live(ctx);
    const held = whole.addOns.find(({ version }) => version.code === code);
    if (held && isLater(whole, held, quantity))
      return { whole, version: held.version, quantity, held, when: 'period_end' };
    const version = await this.#catalogue.forSale(asProvider(ctx), 'add_on', code, {
      onlyPublic: isMerchant(ctx) && !held,
    });
    if (quantity > version.maxQuantity) throw new AddOnQuantity({ code, max: version.maxQuantity });
    if (priceOf(version, whole.subscription.interval) === null)
      throw new NotForSale({ code, reason: 'interval' });
    if (version.currency !== whole.tier.currency) throw new NotForSale({ code, reason: 'currency' });
    if (held && !isPlanned(held) && held.quantity === quantity && held.version.id === version.id)
      throw new NothingToChange();
    return { whole, version, quantity, held, when: 'now' };
  }

  #plan(ctx: TenantContext, { subscription }: Whole, addOnId: string, quantity: number): Promise<Outcome> {
    return this.#operations.carryOut(ctx, subscription.id, { kind: 'plan_add_on', addOnId, quantity });
  }

  async #live(ctx: TenantContext): Promise<Whole> {
    const whole = await this.#plans.whole(ctx);
    if (!whole) throw new NoSubscription();
    const { status } = whole.subscription;
    if (status === 'paused' || status === 'past_due')
      throw new TransitionRefused({ what: 'add-ons', status });
    return whole;
  }
}

const isPlanned = ({ endsAt, pendingQuantity }: KnownAddOn): boolean =>
  endsAt !== null || pendingQuantity !== null;

/** Fewer pieces wait for the end of what is paid: else one could use up what many give, and pay for one. */
const isLater = ({ subscription }: Whole, held: KnownAddOn, quantity: number): boolean =>
  subscription.status !== 'trialing' &&
  (quantity < held.quantity || (quantity === held.quantity && isPlanned(held)));

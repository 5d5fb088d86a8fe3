import type { Database, Directory, ModuleSettings, StoreIdentities, TenantContext } from '@wizamart/core';
import { Conflict, DomainError } from '@wizamart/core';
import type { MerchantContext } from '../asProvider.js';
import type { Catalogue } from '../catalog/Catalogue.js';
import type { BillingSettings } from '../settings.js';
import type { StripeGateway } from '../stripe/StripeGateway.js';
import type { Cards } from '../subscriptions/Cards.js';
import { ChangeInProgress } from '../subscriptions/errors.js';
import type { OperationCalls } from '../subscriptions/OperationCalls.js';
import type { Operations } from '../subscriptions/Operations.js';
import type { SubscriptionReader } from '../subscriptions/SubscriptionReader.js';
import { futureMerchant } from './SignUpCards.js';
import { SignUpRow } from './SignUpRow.js';
import { asSignUp } from './SignUpRows.js';

/** Below this it is the person's trouble, from it on the outside's: that is tried again by a job. */
const PASSING = 500;

/** What is left to do once merchant and store are there: the claimed shop and the card. As often as needed, with one effect. */
export class SignUpFinish {
  readonly #database: Database;
  readonly #settings: ModuleSettings;
  readonly #tenants: Directory;
  readonly #identities: StoreIdentities;
  readonly #catalogue: Catalogue;
  readonly #gateway: StripeGateway;
  readonly #cards: Cards;
  readonly #calls: OperationCalls;
  readonly #operations: Operations;
  readonly #reader: SubscriptionReader;

  constructor(deps: {
    readonly database: Database;
    readonly settings: ModuleSettings;
    readonly tenants: Directory;
    readonly storeIdentities: StoreIdentities;
    readonly catalogue: Catalogue;
    readonly stripeGateway: StripeGateway;
    readonly cards: Cards;
    readonly operationCalls: OperationCalls;
    readonly operations: Operations;
    readonly subscriptionReader: SubscriptionReader;
  }) {
    this.#database = deps.database;
    this.#settings = deps.settings;
    this.#tenants = deps.tenants;
    this.#identities = deps.storeIdentities;
    this.#catalogue = deps.catalogue;
    this.#gateway = deps.stripeGateway;
    this.#cards = deps.cards;
    this.#calls = deps.operationCalls;
    this.#operations = deps.operations;
    this.#reader = deps.subscriptionReader;
  }

  /** Whether a card has to be given on the platform of `ctx`. */
  isCardNeeded(ctx: TenantContext): boolean {
    const { trialDays, signUpCard } = this.#settings.of<BillingSettings>(ctx, 'billing');
    return signUpCard === 'required' || trialDays === 0;
  }

  /**
   * @returns where the bank wants the first payment to be confirmed; null: nothing is left
   * @throws {CardDeclined} and other refusals that the person can mend; the store stays
   */
  async run(ctx: TenantContext, row: SignUpRow): Promise<string | null> {
    const at = futureMerchant(ctx, row);
    await this.#claimShop(at, row);
    const confirmUrl = await this.#takeCard(at, row);
    await this.#database.unit(asSignUp(ctx), async (inside) => {
      await SignUpRow.in(inside).findOne({ id: row.id }).where({ status: 'opened' }).patch({
        status: 'done',
        doneAt: ctx.now,
        updatedAt: ctx.now,
        shop: null,
        business: null,
        account: null,
        mailHash: null,
        codeSeal: null,
      });
    });
    return confirmUrl;
  }

  /** The same for a person who waits: what the outside delays is left to the job. */
  async runNow(ctx: TenantContext, row: SignUpRow): Promise<string | null> {
    try {
      return await this.run(ctx, row);
    } catch (error) {
      if (error instanceof ChangeInProgress) return error.data.confirmUrl;
      if (error instanceof DomainError && error.status >= PASSING) return null;
      throw error;
    }
  }

  async #claimShop(at: MerchantContext, { shop, storeId }: SignUpRow): Promise<void> {
    if (shop === null) return;
    const store = await this.#tenants.storeById(at.platform, storeId);
    if (!store) return;
    try {
      await this.#identities.claim({ ...at, merchant: store.merchant, store }, shop);
    } catch (error) {
      // Somebody else was quicker since it was chosen; the store is none the worse, and sees it in its settings.
      if (!(error instanceof Conflict)) throw error;
    }
  }

  async #takeCard(at: MerchantContext, { setupIntentId, tier, interval }: SignUpRow): Promise<string | null> {
    if (setupIntentId === null) return null;
    if ((await this.#reader.find(at)) === undefined) {
      const { paymentMethodId } = await this.#gateway.readSetupIntent(at, setupIntentId);
      const { customerId } = await this.#calls.paying(at);
      if (paymentMethodId !== null) await this.#gateway.useCard(at, { customerId, paymentMethodId });
      const version = await this.#catalogue.forSale(at, 'tier', tier);
      const change = { kind: 'subscribe', versionId: version.id, interval } as const;
      const { status, confirmUrl } = await this.#operations.carryOut(at, null, change);
      if (status === 'awaiting') return confirmUrl;
    }
    const { outcome } = await this.#cards.use(at, setupIntentId);
    return outcome?.confirmUrl ?? null;
  }
}

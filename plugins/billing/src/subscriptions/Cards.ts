import type { Audit, Database, TenantContext } from '@wizamart/core';
import { uuidv7 } from '@wizamart/core';
import { asProvider, type MerchantContext } from '../asProvider.js';
import type { Card, CardSetup } from '../stripe/gatewayTypes.js';
import type { StripeGateway } from '../stripe/StripeGateway.js';
import type { TrialHistory } from '../trial/TrialHistory.js';
import { CardNotReady, NoSubscription } from './errors.js';
import type { OperationCalls } from './OperationCalls.js';
import type { Operations, Outcome } from './Operations.js';
import { isLive, type Subscription } from './Subscription.js';
import type { SubscriptionReader } from './SubscriptionReader.js';
import type { SubscriptionWriter } from './SubscriptionWriter.js';

/** The card that a merchant pays with; its number never comes near us. */
export class Cards {
  readonly #database: Database;
  readonly #audit: Audit;
  readonly #gateway: StripeGateway;
  readonly #calls: OperationCalls;
  readonly #operations: Operations;
  readonly #reader: SubscriptionReader;
  readonly #writer: SubscriptionWriter;
  readonly #history: TrialHistory;

  constructor(deps: {
    readonly database: Database;
    readonly audit: Audit;
    readonly stripeGateway: StripeGateway;
    readonly operationCalls: OperationCalls;
    readonly operations: Operations;
    readonly subscriptionReader: SubscriptionReader;
    readonly subscriptionWriter: SubscriptionWriter;
    readonly trialHistory: TrialHistory;
  }) {
    this.#database = deps.database;
    this.#audit = deps.audit;
    this.#gateway = deps.stripeGateway;
    this.#calls = deps.operationCalls;
    this.#operations = deps.operations;
    this.#reader = deps.subscriptionReader;
    this.#writer = deps.subscriptionWriter;
    this.#history = deps.trialHistory;
  }

  /** Begins taking a card: the page hands `clientSecret` to the script at `scriptUrl`. */
  async begin(ctx: TenantContext): Promise<CardSetup> {
    const provider = asProvider(ctx);
    const { customerId } = await this.#calls.paying(provider);
    return this.#gateway.createSetupIntent(provider, { customerId, idempotencyKey: uuidv7(ctx.now) });
  }

  /**
   * Pays with a card from now on, once its bank has confirmed it. A trial goes on to its end, and is paid by the card
   * then; what was only ours is collected from the end of its period on.
   *
   * The same however often it is called.
   *
   * @throws {CardNotReady} {@link CardDeclined} {@link NoSubscription}
   */
  async use(
    ctx: TenantContext,
    setupIntentId: string,
  ): Promise<{ readonly card: Card; readonly outcome: Outcome | null }> {
    const provider = asProvider(ctx);
    const { status, paymentMethodId, error } = await this.#gateway.readSetupIntent(provider, setupIntentId);
    if (status !== 'succeeded' || paymentMethodId === null)
      throw new CardNotReady({ status, reason: error?.message ?? null });
    const { customerId } = await this.#calls.paying(provider);
    const card = await this.#gateway.useCard(provider, { customerId, paymentMethodId });
    const row = await this.#keep(ctx, card, await this.#gateway.cardFingerprint(provider, paymentMethodId));
    if (row.collection === 'stripe' || !isLive(row)) return { card, outcome: null };
    const kind = row.status === 'paused' ? 'resume' : 'collect';
    return { card, outcome: await this.#operations.carryOut(ctx, row.id, { kind }) };
  }

  /** Writes down what the card looks like. In the provider's unit of work. */
  async #keep(ctx: TenantContext, card: Card, fingerprint: string | null): Promise<Subscription> {
    const provider: MerchantContext = asProvider(ctx);
    return this.#database.unit(provider, async (inside) => {
      const found = await this.#reader.row(inside);
      const row = found && (await this.#writer.locked(inside, found.id));
      if (!row) throw new NoSubscription();
      const patch = {
        cardBrand: card.brand,
        cardLast4: card.last4,
        cardExpMonth: card.expMonth,
        cardExpYear: card.expYear,
        cardNotice: null,
      };
      await this.#audit.record(
        { ...inside, actor: ctx.actor },
        {
          action: 'billing.card.used',
          subject: { type: 'billing.subscription', id: row.id, name: provider.merchant.name },
          from: { brand: row.cardBrand, last4: row.cardLast4 },
          to: { brand: card.brand, last4: card.last4, expMonth: card.expMonth, expYear: card.expYear },
        },
      );
      if (row.status === 'trialing') await this.#history.remember(inside, fingerprint);
      return this.#writer.change(inside, row, patch);
    });
  }
}

import type { RouteContext, TenantContext } from '@wizamart/core';
import { uuidv7 } from '@wizamart/core';
import type { MerchantContext } from '../asProvider.js';
import type { CardSetup } from '../stripe/gatewayTypes.js';
import type { StripeGateway } from '../stripe/StripeGateway.js';
import { CardNotReady } from '../subscriptions/errors.js';
import { SignUpNotConfirmed, SignUpStepMissing } from './errors.js';
import type { SignUpLimits } from './SignUpLimits.js';
import type { SignUpRow } from './SignUpRow.js';
import { asSignUp, type SignUpRows } from './SignUpRows.js';

/** A sign-up may begin as many cards as this: one per try, one per tab. */
const MOST_INTENTS = 10;

/** The merchant that a sign-up is going to be; the system acts. */
export const futureMerchant = (
  ctx: TenantContext,
  { merchantId, business, account }: SignUpRow,
): MerchantContext => ({
  ...asSignUp(ctx),
  merchant: { id: merchantId, name: account?.storeName ?? business?.legalName ?? '' },
});

/** The card of who signs up: taken by the payment service before there is a merchant, charged after its trial. */
export class SignUpCards {
  readonly #rows: SignUpRows;
  readonly #limits: SignUpLimits;
  readonly #gateway: StripeGateway;

  constructor(deps: {
    readonly signUpRows: SignUpRows;
    readonly signUpLimits: SignUpLimits;
    readonly stripeGateway: StripeGateway;
  }) {
    this.#rows = deps.signUpRows;
    this.#limits = deps.signUpLimits;
    this.#gateway = deps.stripeGateway;
  }

  /**
   * Begins taking a card. The payment service gets no more than it needs: the name and country of the business, and the address.
   *
   * @throws {SignUpStepMissing} {@link SignUpNotConfirmed} {@link TooManyRequests} {@link StripeUnavailable}
   */
  async begin(ctx: RouteContext, token: string): Promise<CardSetup> {
    const row = await this.#rows.find(ctx, token);
    if (row.status === 'open') requireSteps(row);
    await this.#limits.take(ctx, 'card', row.id);
    const at = futureMerchant(ctx, row);
    const customerId = await this.#customer(at, row);
    const setup = await this.#gateway.createSetupIntent(at, { customerId, idempotencyKey: uuidv7(ctx.now) });
    await this.#rows.change(ctx, token, ({ setupIntents }) => ({
      setupIntents: [...setupIntents, setup.setupIntentId].slice(-MOST_INTENTS),
    }));
    return setup;
  }

  /** @returns the card's fingerprint @throws {CardNotReady} for a card of somebody else, or one that its bank has not let through */
  async requireReady(ctx: TenantContext, row: SignUpRow, setupIntentId: string): Promise<string | null> {
    if (!row.setupIntents.includes(setupIntentId))
      throw new CardNotReady({ status: 'unknown', reason: null });
    const at = futureMerchant(ctx, row);
    const { status, paymentMethodId, error } = await this.#gateway.readSetupIntent(at, setupIntentId);
    if (status !== 'succeeded' || paymentMethodId === null)
      throw new CardNotReady({ status, reason: error?.message ?? null });
    return this.#gateway.cardFingerprint(at, paymentMethodId);
  }

  async #customer(at: MerchantContext, { business, account, merchantId }: SignUpRow): Promise<string> {
    const { customerId } = await this.#gateway.ensureCustomer(at, {
      merchantId,
      name: business?.legalName ?? at.merchant.name,
      email: account?.email ?? '',
      country: business?.country ?? 'LU',
      vatId: business?.vatId ?? null,
      taxExempt: 'none',
    });
    return customerId;
  }
}

/** @throws {SignUpStepMissing} {@link SignUpNotConfirmed} */
export function requireSteps({ business, account, confirmedAt }: SignUpRow): void {
  if (business === null) throw new SignUpStepMissing({ step: 'business' });
  if (account === null) throw new SignUpStepMissing({ step: 'account' });
  if (confirmedAt === null) throw new SignUpNotConfirmed();
  if (account.kind === 'new' && account.passwordHash === null)
    throw new SignUpStepMissing({ step: 'account' });
}

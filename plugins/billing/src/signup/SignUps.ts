import type {
  Audit,
  Database,
  EventBus,
  InTransaction,
  JobQueue,
  Mailer,
  NewClients,
  RouteContext,
  TenantContext,
} from '@wizamart/core';
import { Conflict, z } from '@wizamart/core';
import type { MerchantContext } from '../asProvider.js';
import type { Trials } from '../trial/Trials.js';
import { SignUpCardNeeded, SignUpNotFound, StoreAddressTaken } from './errors.js';
import { SignUpCompleted } from './events.js';
import type { SignUpAccounts } from './SignUpAccounts.js';
import type { SignUpCodeCounts } from './SignUpCodeCounts.js';
import { requireSteps, type SignUpCards } from './SignUpCards.js';
import type { SignUpFinish } from './SignUpFinish.js';
import type { SignUpLimits } from './SignUpLimits.js';
import { type AccountDraft, type Business, SignUpRow } from './SignUpRow.js';
import type { SignUpRows } from './SignUpRows.js';
import type { SignUpTrials } from './SignUpTrials.js';

/** Finishes what was interrupted between the store and the card. */
export const FINISH_SIGN_UP = { name: 'billing.finishSignUp', input: z.object({ id: z.uuid() }) };
const RETRY_AFTER_MS = 60_000;
/** A second click comes soon; later the link signs nobody in any more. */
const SIGN_IN_WITHIN_MS = 15 * 60_000;

/** What became of a sign-up. */
export interface SignedUp {
  readonly storeCode: string;
  /** Path below the staff's side of the platform. */
  readonly dashboard: string;
  /** Headers that sign the person in; null: they do that by themselves. */
  readonly headers: Readonly<Record<string, string>> | null;
  /** Where the bank wants the first payment to be confirmed; null: nothing to confirm. */
  readonly confirmUrl: string | null;
}

/** The card, and whether it is known that there is no trial. */
interface Paying {
  readonly setupIntentId: string | null;
  /** What the card is known by. */
  readonly card: string | null;
  readonly isRefused: boolean;
}

/** The end of signing up: what was entered becomes an account, a merchant, a store and a subscription, once. */
export class SignUps {
  readonly #database: Database;
  readonly #rows: SignUpRows;
  readonly #limits: SignUpLimits;
  readonly #cards: SignUpCards;
  readonly #finish: SignUpFinish;
  readonly #accounts: SignUpAccounts;
  readonly #codeCounts: SignUpCodeCounts;
  readonly #clients: NewClients;
  readonly #trials: Trials;
  readonly #signUpTrials: SignUpTrials;
  readonly #audit: Audit;
  readonly #events: EventBus;
  readonly #jobs: JobQueue;
  readonly #mail: Mailer;

  constructor(deps: {
    readonly database: Database;
    readonly signUpRows: SignUpRows;
    readonly signUpLimits: SignUpLimits;
    readonly signUpCards: SignUpCards;
    readonly signUpFinish: SignUpFinish;
    readonly signUpAccounts: SignUpAccounts;
    readonly signUpCodeCounts: SignUpCodeCounts;
    readonly newClients: NewClients;
    readonly trials: Trials;
    readonly signUpTrials: SignUpTrials;
    readonly audit: Audit;
    readonly events: EventBus;
    readonly jobs: JobQueue;
    readonly mail: Mailer;
  }) {
    this.#database = deps.database;
    this.#rows = deps.signUpRows;
    this.#limits = deps.signUpLimits;
    this.#cards = deps.signUpCards;
    this.#finish = deps.signUpFinish;
    this.#accounts = deps.signUpAccounts;
    this.#codeCounts = deps.signUpCodeCounts;
    this.#clients = deps.newClients;
    this.#trials = deps.trials;
    this.#signUpTrials = deps.signUpTrials;
    this.#audit = deps.audit;
    this.#events = deps.events;
    this.#jobs = deps.jobs;
    this.#mail = deps.mail;
  }

  /**
   * Makes the client, and signs the person in. Doing it again, or many times at once, does it once.
   *
   * @param setupIntentId of a card that its bank has let through; null: without a card, where that is allowed
   * @throws {SignUpStepMissing} {@link SignUpNotConfirmed} {@link SignUpCardNeeded} {@link CardNotReady} {@link StoreAddressTaken}; nothing is made then
   * @throws {CardDeclined} when the first period is charged at once; the store stays, and another card may be given
   */
  async complete(ctx: RouteContext, token: string, setupIntentId: string | null): Promise<SignedUp> {
    await this.#limits.take(ctx, 'complete');
    let row = await this.#rows.find(ctx, token);
    let confirmUrl: string | null = null;
    if (row.status === 'open') {
      requireSteps(row);
      const isRefused = await this.#signUpTrials.isRefused(ctx, row);
      let card: string | null = null;
      if (setupIntentId !== null) card = await this.#cards.requireReady(ctx, row, setupIntentId);
      else if (isRefused || this.#finish.isCardNeeded(ctx)) throw new SignUpCardNeeded();
      if (!isRefused) await this.#signUpTrials.requireNewCard(ctx, token, row, card);
      await this.#open(ctx, row, { setupIntentId, card, isRefused });
      row = await this.#reread(ctx, row.id);
    }
    if (row.status === 'opened') confirmUrl = await this.#finish.runNow(ctx, row);
    const storeCode = await this.#storeCode(ctx, row);
    return {
      storeCode,
      dashboard: `/${storeCode}/dashboard`,
      headers: mayStillSignIn(ctx, row) ? await this.#clients.signIn(ctx, row.ownerId) : null,
      confirmUrl,
    };
  }

  /** Does what is left of an opened one; for the job. */
  async finish(ctx: TenantContext, id: string): Promise<void> {
    const row = await this.#rows.byId(ctx, id);
    if (row?.status === 'opened') await this.#finish.run(ctx, row);
  }

  /** Forgets what has expired, and what was finished long enough ago; finishes what hangs. */
  async clean(ctx: TenantContext): Promise<void> {
    await this.#database.unit(ctx, async (inside) => {
      await SignUpRow.in(inside).where({ status: 'open' }).where('expiresAt', '<=', inside.now).delete();
      await SignUpRow.in(inside)
        .where({ status: 'done' })
        .where('doneAt', '<', new Date(inside.now.getTime() - 2 * 86_400_000))
        .delete();
      await this.#codeCounts.clean(inside);
    });
  }

  async #open(ctx: RouteContext, row: SignUpRow, paying: Paying): Promise<void> {
    const { account, business } = row as { account: AccountDraft; business: Business };
    const owner = await this.#owner(ctx, row, account);
    try {
      await this.#clients.open(ctx, clientOf(row, owner.id, account, business), async (inside) => {
        const marked = await SignUpRow.in(inside)
          .where({ id: row.id, status: 'open', updatedAt: row.updatedAt })
          .patch({
            status: 'opened',
            setupIntentId: paying.setupIntentId,
            ownerId: owner.id,
            maySignIn: owner.isProved,
            updatedAt: ctx.now,
          });
        // Changed in another tab meanwhile: nothing of this is made.
        if (Number(marked) === 0)
          throw new Conflict({ reason: 'This sign-up was changed meanwhile. Check it once more.' });
        await this.#announce(ctx, inside, row, account, paying);
      });
    } catch (error) {
      if (!(error instanceof Conflict) || (await this.#clients.addressFault(ctx, account.storeCode)) === null)
        throw error;
      if ((await this.#reread(ctx, row.id)).status !== 'open') return;
      throw new StoreAddressTaken({
        code: account.storeCode,
        suggestion: await this.#accounts.suggest(ctx, account.storeCode),
      });
    }
  }

  /** The account; made where there is none for this address, which is known to be theirs. */
  async #owner(
    ctx: TenantContext,
    row: SignUpRow,
    account: AccountDraft,
  ): Promise<{ readonly id: string; readonly isProved: boolean }> {
    if (account.kind === 'known') return { id: row.ownerId, isProved: isProvedLately(ctx, row) };
    const { email, name, passwordHash } = account;
    const { id, isNew } = await this.#clients.account(ctx, {
      id: row.ownerId,
      email,
      name,
      passwordHash: passwordHash as string,
      language: row.language,
    });
    return { id, isProved: isNew };
  }

  /** In the transaction that opens the store. */
  async #announce(
    ctx: RouteContext,
    inside: InTransaction<MerchantContext>,
    row: SignUpRow,
    account: AccountDraft,
    { card, isRefused }: Paying,
  ): Promise<void> {
    const { tier, interval, merchantId, storeId } = row;
    const subscription = await this.#trials.begin(inside, { tier, interval, card, isRefused });
    await this.#audit.record(inside, {
      action: 'billing.sign_up.completed',
      subject: { type: 'billing.sign_up', id: row.id, name: account.storeName },
      to: { tier, interval, store: account.storeCode, shop: row.shop?.externalId ?? null, by: account.email },
    });
    await this.#events.emit(inside, SignUpCompleted, { merchantId, storeId, tier, interval });
    await this.#mail.send(inside, {
      allowance: 'none',
      to: { address: account.email, name: account.name },
      language: row.language,
      template: 'billing/mail-welcome',
      data: {
        name: account.name,
        platform: ctx.platform.name,
        store: account.storeName,
        link: ctx.links.canonical(`/store/${account.storeCode}/dashboard`, ctx.platform.defaultLanguage),
        trialEndsAt: subscription?.trialEndsAt ?? null,
      },
    });
    await this.#jobs.enqueue(
      inside,
      FINISH_SIGN_UP,
      { id: row.id },
      { runAt: new Date(ctx.now.getTime() + RETRY_AFTER_MS) },
    );
  }

  async #reread(ctx: TenantContext, id: string): Promise<SignUpRow> {
    const row = await this.#rows.byId(ctx, id);
    if (!row) throw new SignUpNotFound();
    return row;
  }

  async #storeCode(ctx: TenantContext, { merchantId, storeId }: SignUpRow): Promise<string> {
    const at = { ...ctx, actor: SYSTEM, merchant: { id: merchantId, name: '' }, store: null };
    const [row] = await this.#database.unit(at, ({ tx }) =>
      tx.query<{ code: string }>('select code from core_store where merchant_id = $1 and id = $2', [
        merchantId,
        storeId,
      ]),
    );
    return row?.code ?? '';
  }
}

const SYSTEM = { kind: 'system', name: 'billing.signUp' } as const;

/** The account's password may be another one by now: who gave the old one long ago is not signed in by it. */
const isProvedLately = (ctx: TenantContext, { confirmedAt }: SignUpRow): boolean =>
  confirmedAt !== null && ctx.now.getTime() - confirmedAt.getTime() < SIGN_IN_WITHIN_MS;

const mayStillSignIn = (ctx: TenantContext, { maySignIn, updatedAt }: SignUpRow): boolean =>
  maySignIn && ctx.now.getTime() - updatedAt.getTime() < SIGN_IN_WITHIN_MS;

const clientOf = (
  { merchantId, storeId, language }: SignUpRow,
  ownerId: string,
  account: AccountDraft,
  business: Business,
) => ({
  merchantId,
  storeId,
  ownerId,
  merchant: {
    legalName: business.legalName,
    displayName: business.legalName.slice(0, 100),
    country: business.country,
    address: {
      line1: business.line1,
      line2: business.line2,
      postalCode: business.postalCode,
      city: business.city,
    },
    vatId: business.vatId,
    email: account.email,
  },
  store: {
    code: account.storeCode,
    name: account.storeName,
    defaultLanguage: language,
    languages: [language],
  },
});

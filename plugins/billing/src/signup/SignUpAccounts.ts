import { randomInt } from 'node:crypto';
import type {
  InTransaction,
  Mailer,
  NewClients,
  RouteContext,
  Signatures,
  TenantContext,
} from '@wizamart/core';
import { InvalidInput, parseInput, suggestSlug, uuidv7 } from '@wizamart/core';
import { SignUpCodeWrong, SignUpStepMissing, StoreAddressTaken } from './errors.js';
import { accountInput, type AccountInput } from './signUpInput.js';
import type { SignUpCodeCounts } from './SignUpCodeCounts.js';
import type { SignUpLimits } from './SignUpLimits.js';
import type { AccountDraft, SignUpRow } from './SignUpRow.js';
import { isMailed, type SignUpPatch, type SignUpRows } from './SignUpRows.js';
import { hashSignUpToken, newSignUpToken } from './signUpToken.js';

const CODE_KEPT_MS = 30 * 60 * 1_000;
const MOST_TRIES = 5;
const CODE_DIGITS = 8;

/**
 * Who will own the store. An address is believed once the code that was mailed to it is entered, or the password of
 * its account; until then all addresses are treated alike, whether they have an account or not.
 */
export class SignUpAccounts {
  readonly #rows: SignUpRows;
  readonly #limits: SignUpLimits;
  readonly #codeCounts: SignUpCodeCounts;
  readonly #clients: NewClients;
  readonly #signatures: Signatures;
  readonly #mail: Mailer;

  constructor(deps: {
    readonly signUpRows: SignUpRows;
    readonly signUpLimits: SignUpLimits;
    readonly signUpCodeCounts: SignUpCodeCounts;
    readonly newClients: NewClients;
    readonly signatures: Signatures;
    readonly mail: Mailer;
  }) {
    this.#rows = deps.signUpRows;
    this.#limits = deps.signUpLimits;
    this.#codeCounts = deps.signUpCodeCounts;
    this.#clients = deps.newClients;
    this.#signatures = deps.signatures;
    this.#mail = deps.mail;
  }

  /** Characters that a new password has at least. */
  get leastPassword(): number {
    return this.#clients.leastPassword;
  }

  /**
   * Keeps who will own the store, and its name and address. A new person is mailed a code.
   *
   * @throws {InvalidInput} {@link StoreAddressTaken} {@link SignUpStepMissing} {@link TooManyRequests}
   * @throws {InvalidCredentials} {@link TooManyLogins} of who says to have an account
   */
  async enter(ctx: RouteContext, token: string, input: AccountInput): Promise<SignUpRow> {
    const fields = parseInput(accountInput, input);
    const before = await this.#rows.find(ctx, token);
    if (before.business === null) throw new SignUpStepMissing({ step: 'business' });
    await this.#limits.take(ctx, 'account');
    await this.#checkAddress(ctx, fields.storeCode, fields.storeName);
    const store = { storeName: fields.storeName, storeCode: fields.storeCode };
    if (fields.kind === 'known') {
      const { id, email, name } = await this.#clients.prove(ctx, fields);
      const account: AccountDraft = { kind: 'known', email, name, passwordHash: null, ...store };
      return this.#rows.change(ctx, token, () => ({
        account,
        ownerId: id,
        confirmedAt: ctx.now,
        codeSeal: null,
      }));
    }
    if (fields.name === '')
      throw new InvalidInput({ errors: [{ path: 'name', message: 'Enter your name.' }] });
    const passwordHash = await this.#clients.hashPassword(fields.password, fields.email, 'password');
    const account: AccountDraft = {
      kind: 'new',
      email: fields.email,
      name: fields.name,
      passwordHash,
      ...store,
    };
    const isConfirmed = isSame(before, account);
    // Before anything is written: a mail that may not be sent must not leave an address without a code.
    if (!isConfirmed) await this.#limits.take(ctx, 'mail', fields.email);
    return this.#rows.change(ctx, token, async (row, inside) => ({
      account,
      ...(row.account?.kind === 'known' ? { ownerId: uuidv7(ctx.now) } : {}),
      ...(isConfirmed ? {} : await this.#send(inside, row, account)),
    }));
  }

  /** Mails a new code; the one before counts no longer. @throws {TooManyRequests} {@link SignUpStepMissing} */
  async sendAgain(ctx: RouteContext, token: string): Promise<void> {
    const { account } = await this.#rows.find(ctx, token);
    if (account === null) throw new SignUpStepMissing({ step: 'account' });
    await this.#limits.take(ctx, 'mail', account.email);
    await this.#rows.change(ctx, token, async (row, inside) => {
      if (row.account === null) throw new SignUpStepMissing({ step: 'account' });
      return row.confirmedAt === null ? this.#send(inside, row, row.account) : {};
    });
  }

  /**
   * Believes the address when the code is right. Who came by the mailed link is alone with it from then on, and
   * chooses the password anew: who began it may have been somebody else.
   *
   * @throws {SignUpCodeWrong} {@link TooManyRequests}
   */
  async confirm(ctx: RouteContext, token: string, code: string): Promise<SignUpRow> {
    const { id } = await this.#rows.find(ctx, token);
    await this.#limits.take(ctx, 'code', id);
    let isRight = false;
    const row = await this.#rows.change(ctx, token, (row) => {
      isRight = row.confirmedAt !== null || this.#fits(ctx, row, code);
      if (!isRight) return { codeTries: row.codeTries + 1 };
      if (row.confirmedAt !== null) return {};
      const taken = isMailed(row, token) ? takenOver(row) : {};
      return { confirmedAt: ctx.now, codeSeal: null, ...taken };
    });
    if (!isRight) throw new SignUpCodeWrong();
    return row;
  }

  /** A free address near a name. */
  async suggest(ctx: TenantContext, name: string): Promise<string> {
    const near = suggestSlug(name).slice(0, 45).replace(/-+$/, '');
    for (const candidate of [near, ...[2, 3, 4, 5].map((n) => `${near}-${n}`)])
      if ((await this.#clients.addressFault(ctx, candidate)) === null) return candidate;
    return `${near.slice(0, 40)}-${randomInt(10_000, 99_999)}`;
  }

  async #checkAddress(ctx: TenantContext, code: string, name: string): Promise<void> {
    const fault = await this.#clients.addressFault(ctx, code);
    if (fault === null) return;
    const suggestion = await this.suggest(ctx, fault === 'form' ? name : code);
    if (fault === 'taken') throw new StoreAddressTaken({ code, suggestion });
    throw new InvalidInput({
      errors: [
        {
          path: 'storeCode',
          message: `Use a–z, 0–9 and hyphens between them, and no word of the system; for example '${suggestion}'.`,
        },
      ],
    });
  }

  async #send(inside: InTransaction, row: SignUpRow, account: AccountDraft): Promise<SignUpPatch> {
    await this.#codeCounts.take(inside, account.email);
    const code = String(randomInt(0, 10 ** CODE_DIGITS)).padStart(CODE_DIGITS, '0');
    const mailed = newSignUpToken();
    await this.#mail.send(inside, {
      allowance: 'none',
      // Nothing that was typed: whose address it is is not known yet, and it would be spread in the platform's name.
      to: account.email,
      language: row.language,
      template: 'billing/mail-sign-up-code',
      data: {
        platform: inside.platform.name,
        code,
        link: inside.links.canonical(`/signup/${mailed}/confirm`, row.language),
      },
    });
    return {
      mailHash: hashSignUpToken(mailed),
      confirmedAt: null,
      codeSeal: this.#seal(row, account.email, code),
      codeSentAt: inside.now,
      codeTries: 0,
    };
  }

  #fits(ctx: TenantContext, row: SignUpRow, code: string): boolean {
    const { account, codeSeal, codeSentAt, codeTries } = row;
    if (account === null || codeSeal === null || codeSentAt === null || codeTries >= MOST_TRIES) return false;
    if (ctx.now.getTime() - codeSentAt.getTime() > CODE_KEPT_MS) return false;
    return this.#signatures.verify('billing.signUpCode', subject(row, account.email, code), codeSeal);
  }

  #seal(row: SignUpRow, email: string, code: string): string {
    return this.#signatures.sign('billing.signUpCode', subject(row, email, code));
  }
}

const subject = ({ id }: SignUpRow, email: string, code: string): string =>
  `${id} ${email} ${code.replace(/\s/g, '')}`;

/** The same address as before, which was proved. */
const isSame = ({ account, confirmedAt }: SignUpRow, { email }: AccountDraft): boolean =>
  confirmedAt !== null && account?.email === email;

const takenOver = ({ account, mailHash }: SignUpRow): SignUpPatch => ({
  tokenHash: null,
  mailHash,
  account: account && { ...account, passwordHash: null },
});

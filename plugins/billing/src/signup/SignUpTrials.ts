import type { TenantContext } from '@wizamart/core';
import type { TrialHistory, TrialMark } from '../trial/TrialHistory.js';
import { SignUpTrialUsed } from './errors.js';
import type { SignUpRow } from './SignUpRow.js';
import { asSignUp, type SignUpRows } from './SignUpRows.js';

/** Whether who signs up gets a trial: there is one per person, VAT id and card. */
export class SignUpTrials {
  readonly #history: TrialHistory;
  readonly #rows: SignUpRows;

  constructor(deps: { readonly trialHistory: TrialHistory; readonly signUpRows: SignUpRows }) {
    this.#history = deps.trialHistory;
    this.#rows = deps.signUpRows;
  }

  /** By what is known before a card is given, or by a card that was refused before. */
  async isRefused(
    ctx: TenantContext,
    { business, account, trialRefused, merchantId }: SignUpRow,
  ): Promise<boolean> {
    const person = account === null ? [] : await this.#history.personOf(account.email);
    const vat: readonly TrialMark[] = business?.vatId ? [{ kind: 'vat', value: business.vatId }] : [];
    const isKnown = await this.#history.isKnown(asSignUp(ctx), [...person, ...vat], merchantId);
    return trialRefused || isKnown;
  }

  /** Nobody is charged at once who was promised a trial. @throws {SignUpTrialUsed} for a card that had one; once */
  async requireNewCard(
    ctx: TenantContext,
    token: string,
    { merchantId }: SignUpRow,
    card: string | null,
  ): Promise<void> {
    if (card === null) return;
    const marks: readonly TrialMark[] = [{ kind: 'card', value: card }];
    if (!(await this.#history.isKnown(asSignUp(ctx), marks, merchantId))) return;
    await this.#rows.change(ctx, token, () => ({ trialRefused: true }));
    throw new SignUpTrialUsed();
  }
}

import { type Database, type TenantContext, uuidv7 } from '@wizamart/core';
import { readVatId } from '../vatId.js';
import type { ViesClient } from './ViesClient.js';
import type { ViesAnswer } from './viesCodes.js';
import { ViesCheckRow } from './ViesCheckRow.js';

/** How long an answer counts without asking again. */
const FRESH_MS = 24 * 60 * 60 * 1000;

/** What is known of a VAT id now. */
export interface VatIdCheck {
  readonly vatId: string;
  /** `unknown`: VIES does not answer, and has not said anything within the last day. */
  readonly status: 'valid' | 'invalid' | 'unknown';
  readonly answer: ViesAnswer;
  /** The last time VIES did answer, if ever: its treatment stays while VIES is down. */
  readonly earlier: ViesAnswer | null;
}

/** Checks VAT ids: form and check digits here, registration with VIES; answers are kept as evidence for a merchant. */
export class VatIds {
  readonly #database: Database;
  readonly #vies: ViesClient;

  constructor({ database, vies }: { readonly database: Database; readonly vies: ViesClient }) {
    this.#database = database;
    this.#vies = vies;
  }

  /**
   * Asks VIES unless it answered within the last day. Call it outside of a unit of work: it talks to the outside.
   *
   * Without a merchant in `ctx` (sign-up) nothing is kept.
   *
   * @param requester own VAT id, for a consultation number
   * @throws {VatIdInvalid} when its form or check digits are wrong
   */
  async check(ctx: TenantContext, typed: string, requester: string | null = null): Promise<VatIdCheck> {
    const vatId = readVatId(typed);
    const earlier = ctx.merchant ? await this.#lastAnswer(ctx, vatId) : null;
    if (earlier && ctx.now.getTime() - earlier.checkedAt.getTime() < FRESH_MS)
      return { vatId, status: earlier.status as 'valid' | 'invalid', answer: earlier, earlier };
    const answer = await this.#vies.check(vatId, requester, ctx.now);
    if (ctx.merchant) await this.#keep(ctx, answer, requester);
    const status = answer.status === 'unavailable' ? 'unknown' : answer.status;
    return { vatId, status, answer, earlier };
  }

  async #lastAnswer(ctx: TenantContext, vatId: string): Promise<ViesAnswer | null> {
    const row = await this.#database.unit(ctx, (ctx) =>
      ViesCheckRow.in(ctx)
        .where({ vatId })
        .whereNot({ status: 'unavailable' })
        .orderBy('checkedAt', 'desc')
        .first(),
    );
    return row ? answerOf(row) : null;
  }

  async #keep(ctx: TenantContext, answer: ViesAnswer, requesterVatId: string | null): Promise<void> {
    await this.#database.unit(ctx, (ctx) =>
      ViesCheckRow.in(ctx).insert({ id: uuidv7(ctx.now), ...answer, requesterVatId }),
    );
  }
}

const answerOf = ({
  vatId,
  status,
  code,
  consultationNumber,
  name,
  address,
  checkedAt,
}: ViesCheckRow): ViesAnswer => ({
  vatId,
  status,
  code,
  consultationNumber,
  name,
  address,
  checkedAt,
});

import { createHash } from 'node:crypto';
import type { RateLimits, RouteContext, Signatures, TenantContext } from '@wizamart/core';
import type { FormBlock } from './formBlock.js';

/** Nobody reads and fills in a form faster; longer than a day nobody keeps it open. */
const LEAST_SECONDS = 2;
const MOST_SECONDS = 24 * 60 * 60;
const WINDOW_SECONDS = 10 * 60;
const PER_ADDRESS = 5;
const PER_SITE = 200;

/** Names a form by what it asks: one that was changed is another. */
export const formKey = (form: FormBlock): string =>
  createHash('sha256').update(JSON.stringify(form)).digest('hex').slice(0, 12);

/** Tells people from programmes, and bounds how much either may send. No third party, no cookie, no script. */
export class FormGuard {
  readonly #signatures: Signatures;
  readonly #limits: RateLimits;

  constructor({
    signatures,
    rateLimits,
  }: {
    readonly signatures: Signatures;
    readonly rateLimits: RateLimits;
  }) {
    this.#signatures = signatures;
    this.#limits = rateLimits;
  }

  /** Says when a form was shown, signed for this form of this site. */
  stamp(ctx: TenantContext, key: string): string {
    const at = Math.floor(ctx.now.getTime() / 1_000).toString(36);
    return `${at}.${this.#signatures.sign('cms.form', subject(ctx, key, at))}`;
  }

  /** Whether a stamp is of this form, and neither too young nor too old. */
  isTimely(ctx: TenantContext, key: string, stamp: string): boolean {
    const [at = '', signature = ''] = stamp.split('.');
    if (!this.#signatures.verify('cms.form', subject(ctx, key, at), signature)) return false;
    const age = ctx.now.getTime() / 1_000 - parseInt(at, 36);
    return age >= LEAST_SECONDS && age <= MOST_SECONDS;
  }

  /** @throws {TooManyRequests} */
  async allow(ctx: RouteContext): Promise<void> {
    const site = siteOf(ctx);
    const bound = { windowSeconds: WINDOW_SECONDS };
    await this.#limits.take(
      [
        {
          ...bound,
          what: `cms.form ${site} from ${this.#limits.addressOf(ctx.request.ip)}`,
          limit: PER_ADDRESS,
        },
        { ...bound, what: `cms.form ${site}`, limit: PER_SITE },
      ],
      ctx.now,
    );
  }
}

const siteOf = ({ platform, store }: TenantContext): string => `${platform.id}/${store?.id ?? ''}`;
const subject = (ctx: TenantContext, key: string, at: string): string => `${siteOf(ctx)} ${key} ${at}`;

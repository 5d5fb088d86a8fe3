import type { RateLimits, RouteContext } from '@wizamart/core';

const WINDOW_SECONDS = 15 * 60;

/** How often within a quarter of an hour: from one network address, for one sign-up or e-mail address, and for a whole platform. */
const LIMITS = {
  start: { address: 20, platform: 600 },
  search: { address: 60, platform: 1_200 },
  claim: { address: 20, platform: 300 },
  business: { address: 30, platform: 600 },
  account: { address: 15, platform: 300 },
  mail: { one: 4, address: 15, platform: 300 },
  code: { one: 20, address: 60 },
  card: { one: 20, address: 60, platform: 600 },
  complete: { address: 240 },
} as const;

/** Bounds how often anybody may do what a sign-up does. */
export class SignUpLimits {
  readonly #limits: RateLimits;

  constructor({ rateLimits }: { readonly rateLimits: RateLimits }) {
    this.#limits = rateLimits;
  }

  /** @param one the sign-up or e-mail address that is bounded by itself @throws {TooManyRequests} */
  async take(ctx: RouteContext, what: keyof typeof LIMITS, one = ''): Promise<void> {
    const name = `billing.signUp ${what} ${ctx.platform.id}`;
    const limits: { readonly one?: number; readonly address: number; readonly platform?: number } =
      LIMITS[what];
    const named = [
      [limits.address, `${name} from ${this.#limits.addressOf(ctx.request.ip)}`],
      [limits.platform, name],
      [one === '' ? undefined : limits.one, `${name} of ${one}`],
    ] as const;
    await this.#limits.take(
      named.flatMap(([limit, what]) =>
        limit === undefined ? [] : [{ what, limit, windowSeconds: WINDOW_SECONDS }],
      ),
      ctx.now,
    );
  }
}

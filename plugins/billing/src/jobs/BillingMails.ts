import type { InTransaction, Mailer, Merchants } from '@wizamart/core';

/** Mails that tell merchants of their subscription. */
export type BillingMail = 'trial-ends' | 'trial-over' | 'payment-due' | 'payment-over' | 'card-ends';

/** Writes to merchants, in the transaction of what is told. */
export class BillingMails {
  readonly #mail: Mailer;
  readonly #merchants: Merchants;

  constructor(deps: { readonly mail: Mailer; readonly merchants: Merchants }) {
    this.#mail = deps.mail;
    this.#merchants = deps.merchants;
  }

  async send(ctx: InTransaction, mail: BillingMail, data: Readonly<Record<string, unknown>>): Promise<void> {
    const { email, displayName } = await this.#merchants.get(ctx);
    await this.#mail.send(ctx, {
      to: email,
      template: `billing/mail-${mail}`,
      data: { merchant: displayName, platform: ctx.platform.name, ...data },
    });
  }
}

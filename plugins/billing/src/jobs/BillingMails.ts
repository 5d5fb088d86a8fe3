import type {
  Database,
  Directory,
  InTransaction,
  Language,
  Mailer,
  Merchants,
  OutsideLinks,
  StoreRecord,
} from '@wizamart/core';

/** Mails that tell merchants of their subscription. */
export type BillingMail = 'trial-ends' | 'trial-over' | 'payment-due' | 'payment-over' | 'card-ends';

interface MailDependencies {
  readonly database: Database;
  readonly mail: Mailer;
  readonly merchants: Merchants;
  readonly tenants: Directory;
  readonly outsideLinks: OutsideLinks;
}

/** Writes to merchants, in the transaction of what is told. */
export class BillingMails {
  readonly #deps: MailDependencies;

  constructor(deps: MailDependencies) {
    this.#deps = deps;
  }

  async send(ctx: InTransaction, mail: BillingMail, data: Readonly<Record<string, unknown>>): Promise<void> {
    const { email, displayName } = await this.#deps.merchants.get(ctx);
    const store = await this.#firstStore(ctx);
    await this.#deps.mail.send(ctx, {
      allowance: 'none',
      to: email,
      // Who reads it speaks the language of its store, whatever the job that writes runs in.
      language: (await this.#languageOf(ctx, store)) ?? ctx.platform.defaultLanguage,
      template: `billing/mail-${mail}`,
      data: { merchant: displayName, platform: ctx.platform.name, link: this.#link(ctx, store), ...data },
    });
  }

  /** As it stands there now: what is kept in memory may be out of date in a job. */
  async #languageOf(ctx: InTransaction, store: StoreRecord | null): Promise<Language | undefined> {
    if (!store) return undefined;
    const [row] = await ctx.tx.query<{ language: Language }>(
      'select default_language as language from core_store where id = $1',
      [store.id],
    );
    return row?.language;
  }

  /** The billing page is the merchant's, below each of its stores: the oldest one's. Without a store, where one signs in. */
  #link(ctx: InTransaction, store: StoreRecord | null): string {
    return this.#deps.outsideLinks.store(ctx.platform, store, store ? '/billing' : '/login');
  }

  async #firstStore(ctx: InTransaction): Promise<StoreRecord | null> {
    const [row] = await ctx.tx.query<{ id: string }>(
      'select store_id as id from core_store_platform where merchant_id = $1 and platform_id = $2 order by joined_at, store_id limit 1',
      [ctx.merchant?.id, ctx.platform.id],
    );
    return row ? ((await this.#deps.tenants.storeById(ctx.platform, row.id)) ?? null) : null;
  }
}

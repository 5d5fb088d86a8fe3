import {
  type Audit,
  type Database,
  type InTransaction,
  type Language,
  type Mailer,
  type ModuleSettings,
  type TenantContext,
  uuidv7,
} from '@wizamart/core';
import { FormEntryNotFound } from './errors.js';
import { type FormAnswer, type FormEntryRow, PlatformFormEntry, StoreFormEntry } from './FormEntryRow.js';

interface FormEntriesDeps {
  readonly database: Database;
  readonly audit: Audit;
  readonly mail: Mailer;
  readonly settings: ModuleSettings;
}

/** A message as it comes in. */
export interface NewEntry {
  readonly slug: string;
  readonly language: Language;
  readonly email: string | null;
  readonly answers: readonly FormAnswer[];
}

export interface EntryList {
  readonly items: readonly FormEntryRow[];
  readonly total: number;
  readonly page: number;
  readonly perPage: number;
}

const LARGEST_EXPORT = 10_000;
const MILLISECONDS_PER_DAY = 86_400_000;

/**
 * What visitors sent with the forms of a site: a store's where the context has one, else the platform's.
 *
 * Written by anybody, read by staff only: row-level security shows no row to a visitor's session.
 */
export class FormEntries {
  readonly #database: Database;
  readonly #audit: Audit;
  readonly #mail: Mailer;
  readonly #settings: ModuleSettings;

  constructor({ database, audit, mail, settings }: FormEntriesDeps) {
    this.#database = database;
    this.#audit = audit;
    this.#mail = mail;
    this.#settings = settings;
  }

  /** Keeps a message and mails it to the tenant's own address, both or neither. */
  async receive(ctx: TenantContext, entry: NewEntry): Promise<void> {
    const asSystem: TenantContext = { ...ctx, actor: { kind: 'system', name: 'cms.form' } };
    await this.#database.unit(asSystem, async (ctx) => {
      const row = { id: uuidv7(ctx.now), ...entry, sentAt: ctx.now };
      if (ctx.store) await StoreFormEntry.in(ctx).insert({ ...row, ...here(ctx) });
      else await PlatformFormEntry.in(ctx).insert(row);
      const to = await recipientOf(ctx);
      if (to === null) return;
      const language = (ctx.store ?? ctx.platform).defaultLanguage;
      await this.#mail.send(ctx, {
        to,
        // What a visitor wrote is not lost for a limit.
        allowance: 'exceed',
        language,
        ...(entry.email === null ? {} : { replyTo: entry.email }),
        template: 'cms/mail-form-entry',
        data: {
          page: entry.slug,
          site: (ctx.store ?? ctx.platform).name,
          answers: entry.answers.map(({ label, value }) => ({
            label,
            lines: value === '' ? ['–'] : value.split('\n'),
          })),
        },
      });
    });
  }

  /** Newest first. */
  list(
    ctx: TenantContext,
    { page, perPage }: { readonly page: number; readonly perPage: number },
  ): Promise<EntryList> {
    return this.#database.unit(ctx, async (ctx) => {
      const [rows, total] = await Promise.all([
        entries(ctx)
          .orderBy('sentAt', 'desc')
          .orderBy('id', 'desc')
          .limit(perPage)
          .offset((page - 1) * perPage),
        entries(ctx).resultSize(),
      ]);
      return { items: rows, total, page, perPage };
    });
  }

  /** The newest, for a table; the audit trail says who took them. */
  export(ctx: TenantContext): Promise<readonly FormEntryRow[]> {
    return this.#database.unit(ctx, async (ctx) => {
      const rows = await entries(ctx).orderBy('sentAt', 'desc').limit(LARGEST_EXPORT);
      await this.#note(ctx, 'exported', (ctx.store ?? ctx.platform).id, { count: rows.length });
      return rows;
    });
  }

  /** @throws {FormEntryNotFound} */
  get(ctx: TenantContext, id: string): Promise<FormEntryRow> {
    return this.#database.unit(ctx, async (ctx) => {
      const row = await entries(ctx).findOne({ id });
      if (!row) throw new FormEntryNotFound({ entry: id });
      return row;
    });
  }

  /** @throws {FormEntryNotFound} */
  async remove(ctx: TenantContext, id: string): Promise<void> {
    await this.#database.unit(ctx, async (ctx) => {
      if ((await entries(ctx).where({ id }).delete()) === 0) throw new FormEntryNotFound({ entry: id });
      await this.#note(ctx, 'deleted', id);
    });
  }

  /** What a person sent, by the address given with it. */
  ofPerson(ctx: TenantContext, email: string): Promise<readonly FormEntryRow[]> {
    return this.#database.unit(ctx, async (ctx) =>
      entries(ctx).where({ email: email.toLowerCase() }).orderBy('sentAt'),
    );
  }

  async erasePerson(ctx: TenantContext, email: string): Promise<void> {
    await this.#database.unit(
      ctx,
      async (ctx) => void (await entries(ctx).where({ email: email.toLowerCase() }).delete()),
    );
  }

  /** Removes what is older than the platform keeps it, in all its stores; repeatable. @returns how many */
  async clean(ctx: TenantContext): Promise<number> {
    const { formRetentionDays } = this.#settings.of<{ formRetentionDays: number }>(ctx, 'cms');
    const before = new Date(ctx.now.getTime() - formRetentionDays * MILLISECONDS_PER_DAY);
    const remove = (table: string): string =>
      `delete from ${table} where platform_id = $1 and sent_at < $2 returning id`;
    return this.#database.system(async (tx) => {
      const gone = await Promise.all(
        ['cms_platform_form_entry', 'cms_store_form_entry'].map((table) =>
          tx.query(remove(table), [ctx.platform.id, before]),
        ),
      );
      return gone.flat().length;
    });
  }

  async #note(
    ctx: InTransaction,
    change: 'deleted' | 'exported',
    id: string,
    to?: Record<string, unknown>,
  ): Promise<void> {
    const type = ctx.store ? 'cms.store_form_entry' : 'cms.platform_form_entry';
    await this.#audit.record(ctx, {
      action: `cms.form_entry.${change}`,
      subject: { type, id },
      ...(to ? { to } : {}),
    });
  }
}

const here = (ctx: InTransaction): { platformId: string } => ({ platformId: ctx.platform.id });

/** A query over the entries of the site of `ctx`. */
const entries = (ctx: InTransaction) =>
  (ctx.store ? StoreFormEntry.in(ctx).where(here(ctx)) : PlatformFormEntry.in(ctx)) as ReturnType<
    typeof StoreFormEntry.in<StoreFormEntry>
  >;

const RECIPIENT_OF_STORE = `
  select coalesce(nullif(s.settings ->> 'contactEmail', ''), m.email) as email
  from core_store s join core_merchant m on m.id = s.merchant_id where s.merchant_id = $1 and s.id = $2`;

/** The address in the settings of the store or platform, else the merchant's; never one of the page. Null: only the list has it. */
async function recipientOf(ctx: InTransaction): Promise<string | null> {
  const { store, platform } = ctx;
  if (!store)
    return typeof platform.settings['contactEmail'] === 'string' && platform.settings['contactEmail'] !== ''
      ? platform.settings['contactEmail']
      : null;
  const [row] = await ctx.tx.query<{ email: string | null }>(RECIPIENT_OF_STORE, [
    store.merchantId,
    store.id,
  ]);
  return row?.email ?? null;
}

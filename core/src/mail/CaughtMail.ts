import type { Database } from '../database/Database.js';
import type { TenantContext } from '../kernel/context.js';
import type { MailTransport } from './MailTransport.js';
import type { MailMessage } from './message.js';

/** A mail that was kept instead of sent. */
export interface CaughtMailSummary {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly language: string;
  readonly caughtAt: Date;
}

export interface CaughtMailMessage extends CaughtMailSummary {
  readonly from: string;
  readonly html: string | null;
  readonly text: string;
}

/** How many mails are kept, and listed at most. */
export const CAUGHT_MAIL_LIMIT = 200;

const KEEP = {
  name: 'core_catch_mail',
  text: `
    INSERT INTO core_caught_mail (id, platform_id, store_id, from_address, to_address, subject, html, text, language, caught_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO NOTHING`,
} as const;

const SUMMARY = 'id, to_address AS "to", subject, language, caught_at AS "caughtAt"';

/** Where mails go without an SMTP server (development): kept in the database and shown on a preview page. */
export class CaughtMail implements MailTransport {
  readonly #database: Pick<Database, 'system'>;

  constructor(deps: { readonly database: Pick<Database, 'system'> }) {
    this.#database = deps.database;
  }

  async deliver(ctx: TenantContext, message: MailMessage): Promise<void> {
    await this.#database.system(async (tx) => {
      await tx.query(KEEP, [
        message.id,
        ctx.platform.id,
        ctx.store?.id ?? null,
        written(message.from),
        written(message.to),
        message.subject,
        message.html ?? null,
        message.text,
        message.language,
        ctx.now,
      ]);
      await tx.query(
        'DELETE FROM core_caught_mail WHERE id IN (SELECT id FROM core_caught_mail ORDER BY caught_at DESC, id DESC OFFSET $1)',
        [CAUGHT_MAIL_LIMIT],
      );
    });
  }

  async close(): Promise<void> {
    // The database is not this transport's to close.
  }

  /** The newest mails of all tenants, newest first; for developers only. */
  async list(limit = 100): Promise<readonly CaughtMailSummary[]> {
    const rows = Math.min(Math.max(1, limit), CAUGHT_MAIL_LIMIT);
    return this.#database.system((tx) =>
      tx.query<CaughtMailSummary & Record<string, unknown>>(
        `SELECT ${SUMMARY} FROM core_caught_mail ORDER BY caught_at DESC, id DESC LIMIT $1`,
        [rows],
      ),
    );
  }

  async get(id: string): Promise<CaughtMailMessage | undefined> {
    if (!/^[0-9a-f-]{36}$/.test(id)) return undefined;
    const [row] = await this.#database.system((tx) =>
      tx.query<CaughtMailMessage & Record<string, unknown>>(
        `SELECT ${SUMMARY}, from_address AS "from", html, text FROM core_caught_mail WHERE id = $1`,
        [id],
      ),
    );
    return row;
  }
}

const written = ({ name, address }: MailMessage['to']): string => (name ? `${name} <${address}>` : address);

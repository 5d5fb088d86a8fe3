import { z } from 'zod';
import type { Database } from '../../database/Database.js';
import type { JobQueue } from '../../jobs/JobQueue.js';
import type { TenantContext } from '../../kernel/context.js';
import { defineJob, type JobDefinition } from '../../kernel/job.js';
import type { Mailer } from '../../mail/Mailer.js';
import { findUser } from '../accounts.js';
import type { Audit } from '../audit/Audit.js';
import { emailSchema, normalEmail } from '../email.js';
import { LinkNotValid } from '../errors.js';
import { inSystem } from '../inSystem.js';
import type { OneTimeTokens } from '../oneTime/OneTimeTokens.js';
import type { OutsideLinks } from '../OutsideLinks.js';
import type { PasswordPolicy } from '../PasswordPolicy.js';
import type { Passwords } from '../Passwords.js';
import type { RateLimits } from '../RateLimits.js';
import { spoken } from './OwnAccount.js';

const REQUEST = {
  name: 'core.sendPasswordReset',
  input: z.object({ email: emailSchema, surface: z.enum(['admin', 'store']) }),
};
type ResetRequest = z.output<typeof REQUEST.input>;

const PER_ADDRESS = 3;
const PER_NETWORK = 20;
const WINDOW_SECONDS = 15 * 60;

export interface PasswordResetDeps {
  readonly database: Database;
  readonly passwords: Passwords;
  readonly policy: PasswordPolicy;
  readonly tokens: OneTimeTokens;
  readonly mail: Mailer;
  readonly jobs: JobQueue;
  readonly audit: Audit;
  readonly rateLimits: RateLimits;
  readonly links: OutsideLinks;
  readonly linkSeconds: number;
}

/** New passwords for who forgot theirs, by a link to the address of the account. */
export class PasswordResets {
  readonly #deps: PasswordResetDeps;

  constructor(deps: PasswordResetDeps) {
    this.#deps = deps;
  }

  /**
   * Asks for a link. The request only queues: it looks for no account, so that neither answer nor time tells of one.
   *
   * @throws {TooManyRequests} for an address as for a network, whether or not there is an account
   */
  async request(ctx: TenantContext, email: string, ip: string): Promise<void> {
    const { rateLimits, database, jobs } = this.#deps;
    const address = normalEmail(email);
    await rateLimits.take(
      [
        { what: `core.reset account ${address}`, limit: PER_ADDRESS, windowSeconds: WINDOW_SECONDS },
        { what: `core.reset ${rateLimits.addressOf(ip)}`, limit: PER_NETWORK, windowSeconds: WINDOW_SECONDS },
      ],
      ctx.now,
    );
    const surface = ctx.surface === 'admin' ? 'admin' : 'store';
    await database.unit({ ...ctx, merchant: null, store: null }, (inside) =>
      jobs.enqueue(inside, REQUEST, { email: address, surface }),
    );
  }

  /** The job behind it: mails a link to an account that is there and open; earlier links end. */
  get job(): JobDefinition {
    return defineJob({ ...REQUEST, run: (ctx, payload) => this.send(ctx, payload) });
  }

  async send(ctx: TenantContext, { email, surface }: ResetRequest): Promise<void> {
    const { database, tokens, mail, links } = this.#deps;
    await inSystem(database, ctx, async (inside) => {
      const [user] = await inside.tx.query<{ id: string; language: string | null }>(
        'select id, language from core_user where email = $1 and is_active',
        [email],
      );
      if (!user) return;
      await tokens.revoke(inside.tx, 'password-reset', user.id);
      const { token, expiresAt } = await tokens.issue(inside.tx, 'password-reset', {
        userId: user.id,
        data: {},
        seconds: this.#deps.linkSeconds,
        now: ctx.now,
      });
      const path = `/reset?token=${token}`;
      await mail.send(inside, {
        allowance: 'none',
        to: email,
        ...spoken(user.language),
        template: 'core/mail-password-reset',
        data: {
          link: surface === 'admin' ? links.admin(ctx.platform, path) : links.store(ctx.platform, null, path),
          expiresAt,
          site: ctx.platform.name,
        },
      });
    });
  }

  /** Whether a link is still good; for the page that asks for the new password. */
  async isGood(token: string, now: Date): Promise<boolean> {
    return (await this.#deps.tokens.peek('password-reset', token, now)) !== null;
  }

  /**
   * Sets the new password; every session of the account ends, everywhere.
   *
   * @throws {LinkNotValid}
   * @throws {InvalidInput} when the password is not fit; the link stays good
   */
  async reset(ctx: TenantContext, token: string, password: string): Promise<{ readonly email: string }> {
    const { database, tokens, passwords, policy, audit } = this.#deps;
    const given = await tokens.peek('password-reset', token, ctx.now);
    const account = given && (await database.system((tx) => findUser(tx, given.userId)));
    if (!account?.isActive) throw new LinkNotValid();
    policy.check(password, account.email, 'password');
    const hash = await passwords.hash(password);
    return inSystem(database, ctx, async (inside) => {
      if (!(await tokens.take(inside.tx, 'password-reset', token, ctx.now))) throw new LinkNotValid();
      await inside.tx.query('update core_user set password_hash = $2 where id = $1', [account.id, hash]);
      await inside.tx.query('delete from core_session where user_id = $1', [account.id]);
      await tokens.revokeAll(inside.tx, account.id);
      await audit.record(inside, {
        action: 'core.user.password_reset',
        subject: { type: 'user', id: account.id, name: account.email },
      });
      await this.#deps.mail.send(inside, {
        allowance: 'none',
        to: account.email,
        ...spoken(account.language),
        template: 'core/mail-password-changed',
        data: {
          site: ctx.platform.name,
          at: ctx.now,
          link:
            ctx.surface === 'admin'
              ? this.#deps.links.admin(ctx.platform, '/forgot')
              : this.#deps.links.store(ctx.platform, null, '/forgot'),
        },
      });
      return { email: account.email };
    });
  }
}

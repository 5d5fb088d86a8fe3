import type { Database } from '../../database/Database.js';
import type { InTransaction } from '../../database/InTransaction.js';
import { InvalidInput, NotSignedIn } from '../../errors/common.js';
import { LANGUAGES, type Language, type TenantContext } from '../../kernel/context.js';
import type { Mailer } from '../../mail/Mailer.js';
import { findUser } from '../accounts.js';
import type { Audit } from '../audit/Audit.js';
import { normalEmail } from '../email.js';
import { LinkNotValid, WrongPassword } from '../errors.js';
import { inSystem } from '../inSystem.js';
import type { LoginLimits } from '../LoginLimits.js';
import type { OneTimeTokens } from '../oneTime/OneTimeTokens.js';
import type { OutsideLinks } from '../OutsideLinks.js';
import { signedInUser, userInPerson } from '../ownUser.js';
import type { PasswordPolicy } from '../PasswordPolicy.js';
import type { Passwords } from '../Passwords.js';
import type { RateLimits } from '../RateLimits.js';
import type { User, Users } from '../Users.js';

export interface OwnAccountDeps {
  readonly database: Database;
  readonly users: Users;
  readonly passwords: Passwords;
  readonly policy: PasswordPolicy;
  readonly limits: LoginLimits;
  readonly rateLimits: RateLimits;
  readonly tokens: OneTimeTokens;
  readonly mail: Mailer;
  readonly audit: Audit;
  readonly links: OutsideLinks;
  readonly linkSeconds: number;
}

const LIMIT_IP = 'own-account';
/** Links to new addresses within a quarter of an hour: they go to whatever address is typed. */
const EMAIL_LINKS = { limit: 5, windowSeconds: 15 * 60 };

/** What people change about their own account: name, language, password, address. */
export class OwnAccount {
  readonly #deps: OwnAccountDeps;

  constructor(deps: OwnAccountDeps) {
    this.#deps = deps;
  }

  /** The signed-in user. */
  async get(ctx: TenantContext): Promise<User> {
    const [user] = await this.#deps.users.byIds([signedInUser(ctx).userId]);
    if (!user) throw new NotSignedIn();
    return user;
  }

  /** Changes name and language; null leaves dashboards in the language of the browser. */
  async setProfile(
    ctx: TenantContext,
    { name, language }: { readonly name: string; readonly language: Language | null },
  ): Promise<void> {
    const { userId, email } = userInPerson(ctx);
    await inSystem(this.#deps.database, ctx, async (inside) => {
      const before = await findUser(inside.tx, userId);
      await inside.tx.query('update core_user set name = $2, language = $3 where id = $1', [
        userId,
        name,
        language,
      ]);
      await this.#deps.audit.record(inside, {
        action: 'core.user.changed',
        subject: { type: 'user', id: userId, name: email },
        from: { name: before?.name, language: before?.language },
        to: { name, language },
      });
    });
  }

  /**
   * Checks the present password, as signing in does: the same limits, the same cost.
   *
   * @throws {TooManyLogins} before it is looked at
   * @throws {WrongPassword} at `field`
   */
  async checkPassword(ctx: TenantContext, password: string, field = 'currentPassword'): Promise<void> {
    const { userId, email } = userInPerson(ctx);
    const { database, limits, passwords } = this.#deps;
    const attempt = await limits.take({ account: `user:${email}`, ip: LIMIT_IP + userId, now: ctx.now });
    const account = await database.system((tx) => findUser(tx, userId));
    if (!(await passwords.verify(account?.passwordHash ?? null, password)))
      throw new WrongPassword({ field });
    await database.system((tx) => limits.refund(tx, attempt));
  }

  /**
   * Sets a new password, ends all other sessions, tells the owner of the address.
   *
   * @throws {WrongPassword} {@link TooManyLogins} {@link InvalidInput}
   */
  async changePassword(
    ctx: TenantContext,
    { currentPassword, newPassword }: { readonly currentPassword: string; readonly newPassword: string },
  ): Promise<void> {
    const { userId, email, sessionId } = userInPerson(ctx);
    this.#deps.policy.check(newPassword, email, 'newPassword');
    await this.checkPassword(ctx, currentPassword);
    const hash = await this.#deps.passwords.hash(newPassword);
    await inSystem(this.#deps.database, ctx, async (inside) => {
      await inside.tx.query('update core_user set password_hash = $2 where id = $1', [userId, hash]);
      await inside.tx.query('delete from core_session where user_id = $1 and id <> $2', [userId, sessionId]);
      await this.#deps.tokens.revokeAll(inside.tx, userId);
      await this.#deps.audit.record(inside, {
        action: 'core.user.password_changed',
        subject: { type: 'user', id: userId, name: email },
      });
      await this.#tell(inside, email, await languageOf(inside, userId), 'core/mail-password-changed');
    });
  }

  /**
   * Sends a link to a new address; it is taken over when that is opened. Says nothing about who has that address.
   *
   * @throws {WrongPassword} {@link TooManyLogins} {@link InvalidInput} {@link TooManyRequests}
   */
  async requestEmail(
    ctx: TenantContext,
    { email: wanted, currentPassword }: { readonly email: string; readonly currentPassword: string },
    field = 'currentPassword',
  ): Promise<void> {
    const { userId, email } = userInPerson(ctx);
    const address = normalEmail(wanted);
    if (address === email)
      throw new InvalidInput({ errors: [{ path: 'email', message: 'This is your address already.' }] });
    await this.checkPassword(ctx, currentPassword, field);
    await this.#deps.rateLimits.take([{ what: `core.email_change ${userId}`, ...EMAIL_LINKS }], ctx.now);
    await inSystem(this.#deps.database, ctx, async (inside) => {
      await this.#deps.tokens.revoke(inside.tx, 'email-change', userId);
      const { token, expiresAt } = await this.#deps.tokens.issue(inside.tx, 'email-change', {
        userId,
        data: { email: address },
        seconds: this.#deps.linkSeconds,
        now: ctx.now,
      });
      await this.#deps.mail.send(inside, {
        allowance: 'none',
        to: address,
        language: await languageOf(inside, userId),
        template: 'core/mail-email-confirm',
        data: { link: this.#link(ctx, `/confirm-email?token=${token}`), expiresAt, site: ctx.platform.name },
      });
      await this.#deps.audit.record(inside, {
        action: 'core.user.email_requested',
        subject: { type: 'user', id: userId, name: email },
        to: { email: address },
      });
    });
  }

  /**
   * Takes over the address that a link was sent to, and tells the old one.
   *
   * @throws {LinkNotValid} also when somebody else has the address by now
   */
  async confirmEmail(ctx: TenantContext, token: string): Promise<{ readonly email: string }> {
    const { database, tokens, audit } = this.#deps;
    return inSystem(database, ctx, async (inside) => {
      const taken = await tokens.take(inside.tx, 'email-change', token, ctx.now);
      const before = taken && (await findUser(inside.tx, taken.userId));
      if (!taken || !before?.isActive) throw new LinkNotValid();
      const { email } = taken.data;
      await takeAddress(inside, taken.userId, email);
      await tokens.revoke(inside.tx, 'password-reset', taken.userId);
      await audit.record(inside, {
        action: 'core.user.email_changed',
        subject: { type: 'user', id: taken.userId, name: email },
        from: { email: before.email },
        to: { email },
      });
      await this.#tell(inside, before.email, before.language, 'core/mail-email-changed', { email });
      return { email };
    });
  }

  async #tell(
    ctx: TenantContext,
    to: string,
    language: string | null,
    template: string,
    data: Readonly<Record<string, unknown>> = {},
  ): Promise<void> {
    await this.#deps.mail.send(ctx, {
      allowance: 'none',
      to,
      ...spoken(language),
      template,
      data: { site: ctx.platform.name, at: ctx.now, link: this.#link(ctx, '/forgot'), ...data },
    });
  }

  #link(ctx: TenantContext, path: string): string {
    return ctx.surface === 'admin'
      ? this.#deps.links.admin(ctx.platform, path)
      : this.#deps.links.store(ctx.platform, null, path);
  }
}

/** Gives an account an address that nobody has, nor takes at this moment. @throws {LinkNotValid} */
async function takeAddress({ tx }: InTransaction, userId: string, email: string): Promise<void> {
  const changed = await tx
    .query(
      `update core_user set email = $2 where id = $1 and not exists (select from core_user o where o.email = $2) returning id`,
      [userId, email],
    )
    .catch((error: unknown) => {
      if ((error as { code?: string }).code === UNIQUE_VIOLATION) return [];
      throw error;
    });
  if (changed.length === 0) throw new LinkNotValid();
}

const UNIQUE_VIOLATION = '23505';

const languageOf = async (ctx: TenantContext, userId: string): Promise<Language> => {
  const user = ctx.tx && (await findUser(ctx.tx, userId));
  return isLanguage(user?.language) ? user.language : ctx.language;
};

const isLanguage = (language: unknown): language is Language =>
  (LANGUAGES as readonly unknown[]).includes(language);

/** The language of a mail, where the person chose one. */
export const spoken = (language: string | null): { readonly language?: Language } =>
  isLanguage(language) ? { language } : {};

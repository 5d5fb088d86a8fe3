import { Secret, TOTP } from 'otpauth';
import type { Database } from '../../database/Database.js';
import type { InTransaction } from '../../database/InTransaction.js';
import type { Transaction } from '../../database/unitOfWork.js';
import { NotFound } from '../../errors/common.js';
import type { TenantContext } from '../../kernel/context.js';
import type { SecretBox } from '../../modules/settings/secrets.js';
import type { Audit } from '../audit/Audit.js';
import { WrongCode } from '../errors.js';
import { inSystem } from '../inSystem.js';
import type { RecoveryCodes } from './RecoveryCodes.js';

const STEP_SECONDS = 30;
/** Steps before and after the present one in which a code still counts: clocks of telephones are not exact. */
const WINDOW = 1;
/**
 * A last code from further ahead than this is of a clock that has been put right since: it would shut its owner out
 * until then. Clocks of nodes differ by less, so that no code counts twice.
 */
const CLOCK_PUT_RIGHT = 10 * 60;

export interface TotpStatus {
  readonly isOn: boolean;
  readonly since: Date | null;
  readonly recoveryCodesLeft: number;
}

/** What an app needs to make codes; shown once, while setting up. */
export interface TotpSetup {
  readonly secret: string;
  /** `otpauth://…`, for the QR code. */
  readonly address: string;
}

interface Row {
  secret_sealed: string;
  confirmed_at: Date | null;
}

/**
 * The second step of signing in: codes of an app (RFC 6238), or recovery codes.
 *
 * A code counts once: one of the same or an older time step is refused, however many tries come at once.
 */
export class Totp {
  readonly #deps: {
    readonly database: Database;
    readonly box: SecretBox;
    readonly recovery: RecoveryCodes;
    readonly audit: Audit;
    readonly issuer: string;
  };

  constructor(deps: {
    readonly database: Database;
    readonly box: SecretBox;
    readonly recovery: RecoveryCodes;
    readonly audit: Audit;
    /** Whose codes they are, as the app shows it. */
    readonly issuer: string;
  }) {
    this.#deps = deps;
  }

  async status(userId: string): Promise<TotpStatus> {
    return this.#deps.database.system(async (tx) => {
      const row = await read(tx, userId);
      return {
        isOn: row?.confirmed_at != null,
        since: row?.confirmed_at ?? null,
        recoveryCodesLeft: await this.#deps.recovery.left(tx, userId),
      };
    });
  }

  /** Makes a new secret, in force only once a code of it was given; what is in force stays until then. */
  async begin(ctx: TenantContext, user: { readonly id: string; readonly email: string }): Promise<TotpSetup> {
    const secret = new Secret({ size: 20 });
    await this.#deps.database.system(async (tx) => {
      const rows = await tx.query(
        `insert into core_user_totp (user_id, secret_sealed, created_at) values ($1, $2, $3)
         on conflict (user_id) do update set secret_sealed = $2, created_at = $3, last_step = null
           where core_user_totp.confirmed_at is null returning user_id`,
        [user.id, this.#deps.box.seal(secret.base32, user.id), ctx.now],
      );
      if (rows.length === 0) throw new NotFound({ what: 'A set-up that has not been finished' });
    });
    return setupOf(this.#deps.issuer, user.email, secret.base32);
  }

  /** The set-up that was begun and not finished; null: none. */
  async pending(user: { readonly id: string; readonly email: string }): Promise<TotpSetup | null> {
    const row = await this.#deps.database.system((tx) => read(tx, user.id));
    return row && !row.confirmed_at
      ? setupOf(this.#deps.issuer, user.email, this.#deps.box.open(row.secret_sealed, user.id))
      : null;
  }

  /**
   * Puts the second step in force with a code of the new app.
   *
   * @returns recovery codes, shown this once
   * @throws {WrongCode}
   */
  confirm(
    ctx: TenantContext,
    user: { readonly id: string; readonly email: string },
    code: string,
  ): Promise<string[]> {
    return inSystem(this.#deps.database, ctx, async (inside) => {
      const row = await read(inside.tx, user.id);
      if (!row || row.confirmed_at) throw new NotFound({ what: 'A set-up that has not been finished' });
      if (!(await this.#takeStep(inside.tx, user.id, row, code, ctx.now))) throw new WrongCode();
      await inside.tx.query('update core_user_totp set confirmed_at = $2 where user_id = $1', [
        user.id,
        ctx.now,
      ]);
      await this.#record(inside, 'core.totp.enabled', user);
      return this.#deps.recovery.renew(inside.tx, user.id, ctx.now);
    });
  }

  /** Takes the second step away. The password is the caller's to check. */
  disable(ctx: TenantContext, user: { readonly id: string; readonly email: string }): Promise<void> {
    return inSystem(this.#deps.database, ctx, async (inside) => {
      await inside.tx.query('delete from core_user_totp where user_id = $1', [user.id]);
      await this.#deps.recovery.drop(inside.tx, user.id);
      await this.#record(inside, 'core.totp.disabled', user);
    });
  }

  /** New recovery codes in place of the old ones. The password is the caller's to check. */
  renewCodes(ctx: TenantContext, user: { readonly id: string; readonly email: string }): Promise<string[]> {
    return inSystem(this.#deps.database, ctx, async (inside) => {
      const row = await read(inside.tx, user.id);
      if (!row?.confirmed_at) throw new NotFound({ what: 'The second step' });
      await this.#record(inside, 'core.recovery_codes.renewed', user);
      return this.#deps.recovery.renew(inside.tx, user.id, ctx.now);
    });
  }

  /** Whether a user must give a code. */
  async isRequired(tx: Transaction, userId: string): Promise<boolean> {
    return (await read(tx, userId))?.confirmed_at != null;
  }

  /** Takes a code of the app or a recovery code, in a system transaction. @returns whether it was one */
  async take(tx: Transaction, userId: string, code: string, now: Date): Promise<boolean> {
    const row = await read(tx, userId);
    if (!row?.confirmed_at) return false;
    const given = code.replace(/[\s-]/g, '');
    return /^\d{6}$/.test(given)
      ? this.#takeStep(tx, userId, row, given, now)
      : this.#deps.recovery.take(tx, userId, given);
  }

  async #takeStep(tx: Transaction, userId: string, row: Row, code: string, now: Date): Promise<boolean> {
    const token = code.replace(/\s/g, '');
    if (!/^\d{6}$/.test(token)) return false;
    const secret = Secret.fromBase32(this.#deps.box.open(row.secret_sealed, userId));
    const delta = new TOTP({ secret, period: STEP_SECONDS }).validate({
      token,
      timestamp: now.getTime(),
      window: WINDOW,
    });
    if (delta === null) return false;
    const step = Math.floor(now.getTime() / 1_000 / STEP_SECONDS) + delta;
    const taken = await tx.query(
      `update core_user_totp set last_step = $2
       where user_id = $1 and (last_step is null or last_step < $2 or last_step > $3) returning user_id`,
      [userId, step, step + CLOCK_PUT_RIGHT / STEP_SECONDS],
    );
    return taken.length > 0;
  }

  async #record(
    ctx: InTransaction,
    action: string,
    { id, email }: { readonly id: string; readonly email: string },
  ): Promise<void> {
    await this.#deps.audit.record(ctx, { action, subject: { type: 'user', id, name: email } });
  }
}

const read = async (tx: Transaction, userId: string): Promise<Row | undefined> => {
  const [row] = await tx.query<Row>(
    'select secret_sealed, confirmed_at from core_user_totp where user_id = $1',
    [userId],
  );
  return row;
};

const setupOf = (issuer: string, label: string, base32: string): TotpSetup => ({
  secret: base32,
  address: new TOTP({ issuer, label, secret: Secret.fromBase32(base32), period: STEP_SECONDS }).toString(),
});

import type { Statement, Transaction } from '../database/unitOfWork.js';
import type { SessionPlace } from './LiveSession.js';

/** What signing in needs to know of an account. */
export interface Account {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly language: string | null;
  readonly passwordHash: string | null;
  readonly isActive: boolean;
  readonly isSuperAdmin: boolean;
}

interface AccountRow {
  id: string;
  email: string;
  name: string;
  language: string | null;
  password_hash: string | null;
  is_active: boolean;
  is_super_admin: boolean;
}

const USER: Statement = {
  name: 'core_account_user',
  text: 'select id, email, name, language, password_hash, is_active, is_super_admin from core_user where email = $1',
};
const USER_BY_ID: Statement = {
  name: 'core_account_user_id',
  text: 'select id, email, name, language, password_hash, is_active, is_super_admin from core_user where id = $1',
};
const CUSTOMER: Statement = {
  name: 'core_account_customer',
  text: `select id, email, name, language, password_hash, is_active, false as is_super_admin from core_customer
    where merchant_id = $1 and store_id = $2 and platform_id = $3 and email = $4`,
};

/** The account of an address at a place: customers belong to one store there, users stand above. */
export const findAccount = async (
  tx: Transaction,
  place: SessionPlace,
  email: string,
): Promise<Account | null> => {
  const [row] =
    place.audience === 'customer'
      ? await tx.query<AccountRow>(CUSTOMER, [
          place.store?.merchantId ?? null,
          place.store?.id ?? null,
          place.platformId,
          email,
        ])
      : await tx.query<AccountRow>(USER, [email]);
  return row ? accountOf(row) : null;
};

/** The account of a user by id. */
export const findUser = async (tx: Transaction, id: string): Promise<Account | null> => {
  const [row] = await tx.query<AccountRow>(USER_BY_ID, [id]);
  return row ? accountOf(row) : null;
};

const accountOf = (row: AccountRow): Account => ({
  id: row.id,
  email: row.email,
  name: row.name,
  language: row.language,
  passwordHash: row.password_hash,
  isActive: row.is_active,
  isSuperAdmin: row.is_super_admin,
});

/** Notes a sign-in; `hash` replaces the password's hash where its parameters had become too weak. */
export const noteLogin = async (
  tx: Transaction,
  place: SessionPlace,
  account: Account,
  now: Date,
  hash: string | null,
): Promise<void> => {
  if (place.audience === 'customer') {
    await tx.query(
      `update core_customer set last_login_at = $3, password_hash = coalesce($4, password_hash)
       where merchant_id = $1 and id = $2 and store_id = $5`,
      [place.store?.merchantId, account.id, now, hash, place.store?.id],
    );
    return;
  }
  await tx.query(
    'update core_user set last_login_at = $2, password_hash = coalesce($3, password_hash) where id = $1',
    [account.id, now, hash],
  );
};

/** Name under which tries are counted; the same for accounts that do not exist. */
export const accountKey = (place: SessionPlace, email: string): string =>
  place.audience === 'customer'
    ? `customer:${place.platformId}:${place.store?.id}:${email}`
    : `user:${email}`;

import type { Database } from '../../database/Database.js';
import { DemoAccountInProduction } from '../errors.js';
import type { Passwords } from '../Passwords.js';
import { DEMO_CUSTOMERS, DEMO_PASSWORD, DEMO_STORES, DEMO_USERS } from './demoAccounts.js';

interface Row {
  email: string;
  password_hash: string;
}

/**
 * Keeps a production server from starting with an account whose password is published.
 *
 * Accounts that somebody gave another password may stay.
 *
 * @throws {DemoAccountInProduction} naming the accounts
 */
export const refuseDemoAccounts = async ({
  database,
  passwords,
}: {
  database: Database;
  passwords: Passwords;
}): Promise<void> => {
  // Customers are looked for in the demo stores only: their table is large and led by its stores.
  const rows = await database.system((tx) =>
    tx.query<Row>(
      `select email, password_hash from core_user where email = any($1) and password_hash is not null
     union select c.email, c.password_hash from core_store s
       join core_customer c on c.merchant_id = s.merchant_id and c.store_id = s.id
       where s.code = any($2) and c.email = any($3) and c.password_hash is not null`,
      [DEMO_USERS.map(({ email }) => email), DEMO_STORES, DEMO_CUSTOMERS.map(({ email }) => email)],
    ),
  );
  const open = new Map<string, boolean>();
  for (const { password_hash: hash } of rows)
    if (!open.has(hash)) open.set(hash, await passwords.verify(hash, DEMO_PASSWORD));
  const emails = [...new Set(rows.filter((row) => open.get(row.password_hash)).map((row) => row.email))];
  if (emails.length > 0) throw new DemoAccountInProduction({ emails: emails.sort() });
};

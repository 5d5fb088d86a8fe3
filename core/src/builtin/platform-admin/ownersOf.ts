import type { Database } from '../../database/Database.js';

/** Persons who own a merchant, by name; who may see them is the caller's to check. */
export function ownersOf(
  database: Pick<Database, 'system'>,
  merchantId: string,
): Promise<{ id: string; name: string; email: string }[]> {
  return database.system((tx) =>
    tx.query(
      `select u.id, u.name, u.email from core_merchant_owner o join core_user u on u.id = o.user_id
       where o.merchant_id = $1 order by u.name, u.id`,
      [merchantId],
    ),
  );
}

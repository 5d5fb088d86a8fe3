import type { Database } from '../database/Database.js';
import type { Transaction } from '../database/unitOfWork.js';
import type { StoreStatus } from '../kernel/context.js';

/** A store that a user may enter on a platform. */
export interface EnterableStore {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly status: StoreStatus;
  readonly merchantName: string;
}

interface StoreRow {
  id: string;
  code: string;
  name: string;
  status: StoreStatus;
  merchant_name: string;
}

// Suspended stores are among them: their staff may sign in and read why.
const ENTERABLE = `from core_store s
  join core_merchant g on g.id = s.merchant_id
  join core_store_platform p on p.merchant_id = s.merchant_id and p.store_id = s.id and p.platform_id = $2 and p.is_active
  where s.status <> 'inactive' and (
    s.merchant_id in (select o.merchant_id from core_merchant_owner o where o.user_id = $1)
    or (s.merchant_id, s.id) in (select m.merchant_id, m.store_id from core_store_member m where m.user_id = $1))`;

/** Which stores a user may enter: those of the merchants they own, and those they are a member of. */
export class StoreAccess {
  private readonly database: Database;

  constructor({ database }: { database: Database }) {
    this.database = database;
  }

  /** Stores of a user on one platform: those last worked in first, the others by name. */
  async storesOf(userId: string, platformId: string): Promise<EnterableStore[]> {
    const rows = await this.database.system((tx) =>
      tx.query<StoreRow>(
        `select s.id, s.code, s.name, s.status, g.display_name as merchant_name ${ENTERABLE}
         order by (select u.used_at from core_store_use u where u.user_id = $1 and u.platform_id = $2 and u.store_id = s.id) desc nulls last, s.name, s.code`,
        [userId, platformId],
      ),
    );
    return rows.map((row) => ({
      id: row.id,
      code: row.code,
      name: row.name,
      status: row.status,
      merchantName: row.merchant_name,
    }));
  }

  /** Whether a user may enter this store, or without one, any store of the platform. */
  async mayEnter(
    tx: Transaction,
    userId: string,
    platformId: string,
    storeId: string | null,
  ): Promise<boolean> {
    const rows = await tx.query(
      `select 1 as found ${ENTERABLE} and ($3::uuid is null or s.id = $3) limit 1`,
      [userId, platformId, storeId],
    );
    return rows.length > 0;
  }
}

import type { Statement } from '../database/unitOfWork.js';
import type { Audience } from './audience.js';

// $1 token hash, $2 now, $3 the moment since when a session must have been seen.
const ALIVE = 's.token_hash = $1 and s.expires_at > $2 and s.last_seen_at > $3';
const USER = 'u.id as person_id, u.email, u.name, u.language';
const SESSION = 's.id, s.last_seen_at, s.expires_at';

/** One statement per audience: session, person and grants together, so that a request pays one look-up. */
export const LOOKUP: Readonly<Record<Audience, Statement>> = {
  admin: {
    name: 'core_session_admin',
    text: `select ${SESSION}, ${USER}, u.is_super_admin,
        array(select a.platform_id from core_platform_admin a where a.user_id = u.id) as admin_of
      from core_session s join core_user u on u.id = s.user_id and u.is_active
      where ${ALIVE} and s.audience = 'admin'`,
  },
  // $4 platform, $5 merchant, $6 store; the last two null above stores.
  store: {
    name: 'core_session_store',
    text: `select ${SESSION}, ${USER}, o.merchant_id as owner_of,
        m.store_id as member_of, coalesce(m.role_id::text, m.role_code) as role_code, r.permissions
      from core_session s join core_user u on u.id = s.user_id and u.is_active
      left join core_merchant_owner o on o.merchant_id = $5 and o.user_id = u.id
      left join core_store_member m on m.merchant_id = $5 and m.store_id = $6 and m.user_id = u.id
      left join core_role r on r.merchant_id = m.merchant_id and r.id = m.role_id
      where ${ALIVE} and s.audience = 'store' and s.platform_id = $4`,
  },
  customer: {
    name: 'core_session_customer',
    text: `select ${SESSION}, c.id as person_id, c.email, c.name, c.language
      from core_session s
      join core_customer c on c.merchant_id = s.merchant_id and c.store_id = s.store_id and c.id = s.customer_id and c.is_active
      where ${ALIVE} and s.audience = 'customer' and s.platform_id = $4 and s.merchant_id = $5 and s.store_id = $6
        and c.platform_id = s.platform_id`,
  },
};

export const OPEN: Statement = {
  name: 'core_session_open',
  text: `insert into core_session (id, token_hash, audience, user_id, customer_id, platform_id, merchant_id, store_id,
      created_at, last_seen_at, expires_at, ip, user_agent)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10, $11, $12)`,
};

// The condition makes one of many parallel requests write, whichever node they reach.
export const TOUCH: Statement = {
  name: 'core_session_touch',
  text: 'update core_session set last_seen_at = $2 where id = $1 and last_seen_at <= $3',
};

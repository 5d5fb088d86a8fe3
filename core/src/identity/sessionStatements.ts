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
        array(select a.platform_id from core_platform_admin a where a.user_id = u.id) as admin_of,
        (select jsonb_object_agg(r.platform_id, r.permissions) from core_platform_admin a
          join core_platform_role r on r.platform_id = a.platform_id and r.id = a.role_id
          where a.user_id = u.id and a.role_id is not null) as admin_roles,
        exists (select from core_user_totp t where t.user_id = u.id and t.confirmed_at is not null) as has_totp
      from core_session s join core_user u on u.id = s.user_id and u.is_active
      where ${ALIVE} and s.audience = 'admin'`,
  },
  // $4 platform, $5 merchant, $6 store; the last two null above stores.
  store: {
    name: 'core_session_store',
    text: `select ${SESSION}, ${USER}, o.merchant_id as owner_of,
        m.store_id as member_of, coalesce(m.role_id::text, m.role_code) as role_code, r.permissions,
        s.last_store_id, s.has_choice, i.id as impersonator_id, i.email as impersonator_email, i.name as impersonator_name
      from core_session s join core_user u on u.id = s.user_id and u.is_active
      left join core_merchant_owner o on o.merchant_id = $5 and o.user_id = u.id
      left join core_store_member m on m.merchant_id = $5 and m.store_id = $6 and m.user_id = u.id
      left join core_role r on r.merchant_id = m.merchant_id and r.id = m.role_id
      left join core_user i on i.id = s.impersonator_id and i.is_active
      left join core_session p on p.id = s.parent_id and p.expires_at > $2
      where ${ALIVE} and s.audience = 'store' and s.platform_id = $4 and (s.only_store_id is null or s.only_store_id = $6)
        and (s.impersonator_id is null or (p.id is not null and (i.is_super_admin
          or exists (select from core_platform_admin a where a.user_id = i.id and a.platform_id = s.platform_id))))`,
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
      created_at, last_seen_at, expires_at, ip, user_agent, impersonator_id, parent_id, only_store_id)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10, $11, $12, $13, $14, $15)`,
};

// The condition makes one of many parallel requests write, whichever node they reach.
export const TOUCH: Statement = {
  name: 'core_session_touch',
  text: 'update core_session set last_seen_at = $2 where id = $1 and last_seen_at <= $3',
};

// $2 now, $3 moment before which it counts as not seen, $4 the store. Where there is a choice is looked up now and then.
export const TOUCH_IN_STORE: Statement = {
  name: 'core_session_touch_store',
  text: `update core_session s set last_seen_at = $2, last_store_id = $4, has_choice = (
      select count(*) > 1 from (select 1 from core_store t
        join core_store_platform p on p.merchant_id = t.merchant_id and p.store_id = t.id and p.platform_id = s.platform_id and p.is_active
        where t.status <> 'inactive' and (t.merchant_id in (select o.merchant_id from core_merchant_owner o where o.user_id = s.user_id)
          or (t.merchant_id, t.id) in (select m.merchant_id, m.store_id from core_store_member m where m.user_id = s.user_id)) limit 2) places)
    where s.id = $1 and (s.last_seen_at <= $3 or s.last_store_id is distinct from $4)
    returning s.user_id, s.platform_id, s.impersonator_id, s.has_choice`,
};

export const NOTE_STORE: Statement = {
  name: 'core_store_use_note',
  text: `insert into core_store_use as u (user_id, platform_id, store_id, used_at) values ($1, $2, $3, $4)
    on conflict (user_id, platform_id, store_id) do update set used_at = greatest(u.used_at, $4)`,
};

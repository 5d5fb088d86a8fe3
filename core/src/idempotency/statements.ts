import type { Statement } from '../database/unitOfWork.js';

/** Takes the key when it is new, its lease ran out, or its answer is no longer kept. One statement: one winner. */
export const CLAIM: Statement = {
  name: 'core_idempotency_claim',
  text: `
    INSERT INTO core_idempotency_key AS held (tenant, actor, route, key, body_hash, claim, claimed_at, lease_until, expires_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    ON CONFLICT (tenant, actor, route, key) DO UPDATE SET
      body_hash = excluded.body_hash, claim = excluded.claim, claimed_at = excluded.claimed_at,
      lease_until = excluded.lease_until, expires_at = excluded.expires_at, status = NULL, headers = NULL, body = NULL
    WHERE held.expires_at <= excluded.claimed_at OR (held.status IS NULL AND held.lease_until <= excluded.claimed_at)
    RETURNING 1`,
};

export const READ: Statement = {
  name: 'core_idempotency_read',
  text: `
    SELECT body_hash AS "bodyHash", status, headers, body FROM core_idempotency_key
    WHERE tenant = $1 AND actor = $2 AND route = $3 AND key = $4`,
};

/** By claim: a request that outlived its lease cannot write over the one that came after it. */
export const FINISH: Statement = {
  name: 'core_idempotency_finish',
  text: 'UPDATE core_idempotency_key SET status = $2, headers = $3::jsonb, body = $4 WHERE claim = $1',
};

export const FREE: Statement = {
  name: 'core_idempotency_free',
  text: 'DELETE FROM core_idempotency_key WHERE claim = $1',
};

import knex, { type Knex } from 'knex';
import objection from 'objection';

/**
 * Builds SQL only: it has no connection, so that a query which is not bound to a unit of work fails instead of
 * running without a tenant. Columns are camelCase in code and snake_case in the database.
 */
export const sqlBuilder: Knex = knex({ client: 'pg', ...objection.knexSnakeCaseMappers() });

/** `member_id` → `memberId`, for rows that did not come through the builder. */
export const camelCaseKeys = objection.snakeCaseMappers().parse;

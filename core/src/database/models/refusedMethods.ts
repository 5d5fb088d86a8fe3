const eachByItself = 'insert and update each model by itself';
const ownQuery = 'query the other model with its own in(ctx)';
const sameTable = 'use the model of that table, or alias()';
const tenantJoin = 'use joinTenant() or leftJoinTenant()';
const twoQueries = 'run two queries, or write one SQL statement';

/** Methods of objection that would leave the tenant, each with what to do instead. */
export const refusedMethods: Readonly<Record<string, string>> = {
  insertGraph: eachByItself,
  insertGraphAndFetch: eachByItself,
  upsertGraph: eachByItself,
  upsertGraphAndFetch: eachByItself,
  withGraphFetched: ownQuery,
  withGraphJoined: ownQuery,
  relate: ownQuery,
  unrelate: ownQuery,
  for: ownQuery,
  joinRelated: tenantJoin,
  innerJoinRelated: tenantJoin,
  outerJoinRelated: tenantJoin,
  fullOuterJoinRelated: tenantJoin,
  leftJoinRelated: tenantJoin,
  leftOuterJoinRelated: tenantJoin,
  rightJoinRelated: tenantJoin,
  rightOuterJoinRelated: tenantJoin,
  join: tenantJoin,
  joinRaw: tenantJoin,
  innerJoin: tenantJoin,
  leftJoin: tenantJoin,
  leftOuterJoin: tenantJoin,
  rightJoin: tenantJoin,
  rightOuterJoin: tenantJoin,
  outerJoin: tenantJoin,
  fullOuterJoin: tenantJoin,
  crossJoin: tenantJoin,
  from: sameTable,
  fromRaw: sameTable,
  into: sameTable,
  table: sameTable,
  withSchema: sameTable,
  union: twoQueries,
  unionAll: twoQueries,
  intersect: twoQueries,
  except: twoQueries,
  truncate: 'delete the rows',
};

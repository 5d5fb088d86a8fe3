import type { AuditEntry } from '../../../identity/audit/AuditEntry.js';
import type { RouteContext } from '../../../kernel/route.js';
import type { CoreParts } from '../CoreParts.js';

const NAMES = `select id, display_name as name from core_merchant where id = any($1::uuid[])
  union all select id, name from core_store where id = any($2::uuid[])`;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What those whom lines of the trail name are called today, by id; who is gone is not there. */
export type TrailNames = ReadonlyMap<string, string>;

/** Reads the names of all lines at once: one query for people, one for merchants and stores. */
export async function trailNames(
  { users, database, tenants }: Pick<CoreParts, 'users' | 'database' | 'tenants'>,
  ctx: RouteContext,
  entries: readonly AuditEntry[],
): Promise<TrailNames> {
  const people = new Set<string>(),
    merchants = new Set<string>(),
    stores = new Set<string>();
  for (const { actor, subject, impersonator, merchantId, storeId } of entries) {
    if (actor.kind === 'user') people.add(actor.id ?? '');
    people.add(impersonator?.id ?? '');
    if (subject.type === 'user') people.add(subject.id);
    merchants.add(subject.type === 'merchant' ? subject.id : (merchantId ?? ''));
    stores.add(subject.type === 'store' ? subject.id : (storeId ?? ''));
  }
  const ids = (given: ReadonlySet<string>): string[] => [...given].filter((id) => UUID.test(id));
  const [known, tenantRows] = await Promise.all([
    users.byIds(ids(people)),
    ids(merchants).length + ids(stores).length === 0
      ? []
      : // What the lines belong to was checked when they were read.
        database.directory(ctx, ({ tx }) =>
          tx.query<{ id: string; name: string }>(NAMES, [ids(merchants), ids(stores)]),
        ),
  ]);
  return new Map([...tenants.platforms(), ...known, ...tenantRows].map(({ id, name }) => [id, name]));
}

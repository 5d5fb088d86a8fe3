import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { tableClasses } from '../../database/lint/lintSchema.js';
import { identifier } from '../../database/roles.js';
import { GLOBAL_PLATFORM } from '../../tenancy/globalPlatform.js';
import type { Actor, StoreRecord, TenantContext } from '../../kernel/context.js';
import { testDatabase, type TestDatabase } from '../database.js';
import { TEST_CLOCK_START } from '../testClock.js';
import { testSchema } from '../testSchema.js';
import { ownTables } from './ownTables.js';
import { RowMaker, type Column } from './RowMaker.js';
import { messageOf, type ContractSubject, type Findings } from './subject.js';

/** Whose row it is; ids stand for tenants, since the database knows no more of them. */
interface Tenant {
  readonly platform_id: string;
  readonly merchant_id: string;
  readonly store_id: string;
}

/** Somebody who must not reach the row of `owner`. */
interface Stranger {
  readonly who: string;
  readonly tenant: Tenant;
  readonly access: 'admin' | 'store';
}

const OWNER: Tenant = { platform_id: randomUUID(), merchant_id: randomUUID(), store_id: randomUUID() };
const another = (change: Partial<Tenant>): Tenant => ({ ...OWNER, ...change });

/**
 * Puts a row of one tenant into every table of the plugin and lets others try to see, change, delete and add rows in
 * its name: another merchant, another store of the same merchant, the same merchant on another platform.
 *
 * Row-level security alone has to hold: the statements have no WHERE.
 */
export async function tableSweepFindings({ plugin, with: others }: ContractSubject): Promise<Findings> {
  const tables = ownTables(plugin);
  if (tables.length === 0) return [];
  const database = await testDatabase(testSchema(...others, plugin));
  try {
    const classes = await classesOf(database);
    const findings: Findings = [];
    for (const table of tables) {
      const kind = classes.get(table);
      if (kind === 'system') continue;
      findings.push(...(await new TableSweep(database, table, kind).run()));
    }
    return findings;
  } finally {
    await database.drop();
  }
}

class TableSweep {
  constructor(
    private readonly database: TestDatabase,
    private readonly table: string,
    private readonly kind: string | undefined,
  ) {}

  async run(): Promise<Findings> {
    const columns = await this.#columns();
    const maker = new RowMaker(this.table, columns);
    await this.#loosen();
    await this.#asOwner(maker.insert(OWNER));
    const seen = await this.#count({ who: 'its owner', tenant: OWNER, access: 'admin' });
    // Insert-only tables show their rows to nobody; then there is nothing to see for others either.
    const findings: Findings =
      seen === 0
        ? [`${this.table}: its own tenant does not see the row, so nothing can be said about others`]
        : [];
    for (const stranger of this.#strangers(columns)) findings.push(...(await this.#tries(stranger, maker)));
    return findings;
  }

  #strangers(columns: readonly Column[]): Stranger[] {
    const has = (name: string): boolean =>
      columns.some((column) => column.name === name && column.isRequired);
    const strangers: Stranger[] = [];
    if (this.kind !== 'platform') {
      strangers.push({
        who: 'another merchant',
        tenant: another({ merchant_id: randomUUID(), store_id: randomUUID() }),
        access: 'store',
      });
      strangers.push({
        who: 'an administrator without this merchant',
        tenant: another({ merchant_id: randomUUID(), store_id: randomUUID() }),
        access: 'admin',
      });
    }
    if (has('store_id'))
      strangers.push({
        who: 'another store of the same merchant',
        tenant: another({ store_id: randomUUID() }),
        access: 'store',
      });
    if (has('platform_id'))
      strangers.push({
        who: 'the same merchant on another platform',
        tenant: another({ platform_id: randomUUID() }),
        access: 'store',
      });
    return strangers;
  }

  async #tries(stranger: Stranger, maker: RowMaker): Promise<Findings> {
    const table = identifier(this.table);
    const column = identifier(maker.anyColumn);
    const findings: Findings = [];
    const say = (what: string): void => {
      findings.push(`${this.table}: ${stranger.who} ${what}`);
    };
    if ((await this.#count(stranger)) > 0) say('sees the row');
    if ((await this.#affected(stranger, `update ${table} set ${column} = ${column}`)) > 0)
      say('can change the row');
    if ((await this.#affected(stranger, `delete from ${table}`)) > 0) say('can delete the row');
    if ((await this.#affected(stranger, maker.insert(OWNER))) > 0)
      say('can add rows in the name of its tenant');
    return findings;
  }

  async #count(stranger: Stranger): Promise<number> {
    return this.#affected(stranger, `select 1 from ${identifier(this.table)}`);
  }

  /** Rows that a statement touches in the stranger's session; taken back. A refusal counts as none. */
  async #affected({ tenant, access }: Stranger, sql: string): Promise<number> {
    let touched = 0;
    const undo = new Error('taken back');
    await this.database.database
      .unit(contextOf(tenant, access), async ({ tx }) => {
        const rows = await tx.query(
          sql.startsWith('insert') || sql.startsWith('select')
            ? `with tried as (${sql.startsWith('insert') ? `${sql} returning 1` : sql}) select count(*)::int as n from tried`
            : `with tried as (${sql} returning 1) select count(*)::int as n from tried`,
        );
        touched = (rows[0] as { n: number }).n;
        throw undo;
      })
      .catch((error: unknown) => {
        if (error !== undo && !isRefusal(error))
          throw new Error(`${this.table}: ${sql}: ${messageOf(error)}`, { cause: error });
      });
    return touched;
  }

  async #columns(): Promise<Column[]> {
    return this.database.owner<Column & Record<string, unknown>>(
      `select a.attname as name, format_type(a.atttypid, null) as type,
         a.attnotnull and not a.atthasdef and a.attidentity = '' as "isRequired", a.attgenerated <> '' as "isGenerated",
         (select min(e.enumlabel) from pg_enum e where e.enumtypid = a.atttypid) as "enumLabel"
       from pg_attribute a where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped order by a.attnum`,
      [this.table],
    );
  }

  /** Takes away what keeps invented rows out; what is asked is whether the policies alone hold. */
  async #loosen(): Promise<void> {
    const constraints = await this.database.owner<{ name: string; of: string }>(
      `select conname as name, conrelid::regclass::text as of from pg_constraint
       where (conrelid = $1::regclass and contype in ('c', 'f')) or (confrelid = $1::regclass and contype = 'f')`,
      [this.table],
    );
    for (const { name, of } of constraints)
      await this.database.owner(`alter table ${of} drop constraint ${identifier(name)}`);
    await this.database.owner(`alter table ${identifier(this.table)} disable trigger user`);
  }

  async #asOwner(insert: string): Promise<void> {
    const table = identifier(this.table);
    await this.database.owner(
      `alter table ${table} no force row level security; ${insert}; alter table ${table} force row level security`,
    );
  }
}

async function classesOf(database: TestDatabase): ReturnType<typeof tableClasses> {
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  return tableClasses(client).finally(() => client.end());
}

/** Row-level security, or a right that was never given. */
const isRefusal = (error: unknown): boolean => (error as { code?: string }).code === '42501';

function contextOf(tenant: Tenant, access: Stranger['access']): TenantContext {
  const merchant = { id: tenant.merchant_id, name: 'merchant' };
  const platform = { ...GLOBAL_PLATFORM, id: tenant.platform_id, code: 'swept' };
  const store = {
    id: tenant.store_id,
    merchantId: merchant.id,
    platformId: platform.id,
    merchant,
  } as StoreRecord;
  const actor: Actor = {
    kind: 'user',
    userId: randomUUID(),
    email: 'x@example.org',
    name: 'x',
    audience: access,
    isSuperAdmin: false,
    permissions: { has: () => true },
    sessionId: randomUUID(),
  };
  return {
    platform,
    merchant,
    store,
    actor,
    surface: access,
    language: 'en',
    now: TEST_CLOCK_START,
    requestId: 'sweep',
    snapshot: { key: 'sweep', isOn: () => true },
    links: { to: () => '', api: () => '', canonical: () => '' },
    tx: null,
  };
}

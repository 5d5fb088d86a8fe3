// What numbers without gaps cost: drafts finalised at once in one series (VAT decided anew, evidence and audit line written, number
// given), beside the bare statement that counts on the same kind of row in the same database, each in a unit of work. Then 200 at
// once, every fifth of which fails after its number was given: no holes, no duplicates.
import { DatabaseService, definePlugin, type Database, type StoreContext } from '@wizamart/core';
import { billing, type Invoicing, InvoicingService } from '@wizamart/plugin-billing';
import { inTurns, median, ratio, shown } from './lib/figures.js';
import { print } from './lib/table.js';
import { startTestServer, testHost } from './lib/testing.js';

const ROUNDS = Number(process.env['ROUNDS'] ?? 9);
const AT_ONCE = 200;

interface Captured {
  readonly invoicing: Invoicing;
  readonly database: Database;
}
let captured: Captured | undefined;
const probe = definePlugin({
  code: 'probe',
  name: 'Probe',
  description: 'Lends its services to the measurement.',
  requires: { database: DatabaseService, invoicing: InvoicingService },
  start: (wiring) => void (captured = wiring),
});

const COUNT = {
  name: 'bench.count',
  text: `insert into billing_number_counter as c (merchant_id, series, year, last_number, last_issued_on)
    values ($1, 'BARE', 2026, 1, '2026-03-02') on conflict (merchant_id, series, year) do update
    set last_number = c.last_number + 1, last_issued_on = greatest(c.last_issued_on, excluded.last_issued_on)
    returning last_number`,
};

const address = { line1: '1, rue du Fossé', postalCode: '1536', city: 'Luxembourg', country: 'LU' };
const server = await startTestServer({ hosts: [testHost({ code: 'bench', plugins: [billing, probe] })] });
try {
  const { invoicing, database } = captured as unknown as Captured;
  const ctx: StoreContext = server.context({ store: await server.store() });
  await invoicing.setUp(ctx, {
    legalName: 'Bench',
    address,
    vatId: 'LU26375245',
    email: 'bench@example.org',
  });
  const drafts = async (): Promise<string[]> => {
    const ids: string[] = [];
    for (let index = 0; index < AT_ONCE; index++) {
      const { id } = await invoicing.create(ctx, {
        buyer: { name: 'Ada', address },
        supply: 'goods',
        supplyOn: '2026-03-02',
        language: 'en',
        lines: [{ description: 'Cup', quantity: '2', unitPriceMinor: 1_490 }],
      });
      ids.push(id);
    }
    return ids;
  };
  const bare = (): Promise<number> =>
    perSecond(
      Array.from(
        { length: AT_ONCE },
        () => () => database.unit(ctx, ({ tx }) => tx.query(COUNT, [ctx.merchant.id])),
      ),
    );
  const finalised = async (): Promise<number> => {
    const ids = await drafts();
    return perSecond(ids.map((id) => () => invoicing.finalise(ctx, id)));
  };
  await inTurns({ finalised, bare }, 2);
  const seen = await inTurns({ finalised, bare }, ROUNDS);
  const against = ratio(seen.finalised, seen.bare);

  const ids = await drafts();
  const failed = await Promise.all(
    ids.map((id, index) =>
      index % 5 === 0
        ? database
            .unit({ ...ctx }, async (inside) => {
              await invoicing.finalise(inside, id);
              throw new Error('fails after its number was given');
            })
            .then(
              () => 0,
              () => 1,
            )
        : patiently(() => invoicing.finalise(ctx, id)).then(() => 0),
    ),
  );
  const [numbers] = await server.database.everything<{ given: number; distinct: number; last: number }>(
    `select count(number)::int as given, count(distinct number)::int as distinct, max(number) as last
     from billing_invoice where merchant_id = $1 and series = 'INV'`,
    [ctx.merchant.id],
  );
  const [disk] = await server.database.everything<{ fsync: string }>(
    `select current_setting('fsync') as fsync`,
  );
  const isDurable = disk?.fsync === 'on';
  const { given = 0, distinct = 0, last = 0 } = numbers ?? {};
  print(`${AT_ONCE} at once in one series (median of ${ROUNDS} rounds, quartiles)`, [
    { what: 'bare counter statement, per second', seen: Math.round(median(seen.bare)).toString() },
    { what: 'invoices finalised, per second', seen: Math.round(median(seen.finalised)).toString() },
    { what: 'commits wait for the disk', seen: isDurable ? 'yes' : 'no: only processor time is compared' },
    // What is promised is of a server that keeps what it says it has.
    isDurable
      ? { what: 'ratio', seen: shown(against), wanted: '≥ 0.5', holds: against.median >= 0.5 }
      : { what: 'ratio', seen: shown(against) },
    { what: 'failures among the last 200', seen: String(failed.reduce<number>((sum, one) => sum + one, 0)) },
    { what: 'holes', seen: String(last - distinct), wanted: '0', holds: last === distinct },
    { what: 'duplicates', seen: String(given - distinct), wanted: '0', holds: given === distinct },
  ]);
} finally {
  await server.stop();
}

/** How many of the calls a second sees, all begun at once. */
async function perSecond(calls: readonly (() => Promise<unknown>)[]): Promise<number> {
  const began = performance.now();
  await Promise.all(calls.map(patiently));
  return (calls.length * 1_000) / (performance.now() - began);
}

/** As a client does that is told to come again: the kit's pool has few connections. */
async function patiently(call: () => Promise<unknown>): Promise<unknown> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if ((error as { code?: string }).code !== 'DATABASE_BUSY') throw error;
    }
  }
}

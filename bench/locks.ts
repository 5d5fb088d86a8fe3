// What the two isolation locks cost: three queries in a unit of work of a store (role, settings, row-level security,
// the tenant in every WHERE), beside three in a plain transaction of pg on the same rows without any of it.
import pg from 'pg';
import { cms } from '@wizamart/plugin-cms';
import type { Statement } from '@wizamart/core';
import { inTurns, median, spread } from './lib/figures.js';
import { addStores } from './lib/manyStores.js';
import { print } from './lib/table.js';
import { startTestServer, testHost } from './lib/testing.js';

const ROUNDS = Number(process.env['ROUNDS'] ?? 15);
const TIMES = 400;

const PAGE = 'id, slug, template, placement, position, live_version, published_at';
const TEXT = 'language, title, description, body, seo';
const OF_STORE = 'merchant_id = $1 and store_id = $2 and platform_id = $3';
const locked: readonly Statement[] = [
  { name: 'bench_page', text: `select ${PAGE} from cms_store_page where ${OF_STORE} and slug = $4` },
  {
    name: 'bench_texts',
    text: `select ${TEXT} from cms_store_page_translation where ${OF_STORE} and page_id = $4 and version = 1`,
  },
  {
    name: 'bench_pages',
    text: `select ${PAGE} from cms_store_page where ${OF_STORE} order by position limit $4`,
  },
];
const free: readonly Statement[] = [
  { name: 'free_page', text: `select ${PAGE} from free_page where store_id = $1 and slug = $2` },
  { name: 'free_texts', text: `select ${TEXT} from free_text where page_id = $1 and version = 1` },
  {
    name: 'free_pages',
    text: `select ${PAGE} from free_page where store_id = $1 order by position limit $2`,
  },
];

const server = await startTestServer({ hosts: [testHost({ code: 'bench', plugins: [cms] })] });
try {
  const { database, parts } = server;
  await addStores(database, { platform: 'bench', from: 1, to: 1_000 });
  await database.everything(`
    create table free_page as select * from cms_store_page;
    create unique index on free_page (store_id, slug);
    create table free_text as select * from cms_store_page_translation;
    create unique index on free_text (page_id, version, language);
    grant select on free_page, free_text to public; analyze`);
  const store = await parts.tenants.storeByCode(server.platform('bench'), 'many-7');
  if (!store) throw new Error('the store is not there');
  const ctx = server.context({ store });
  const [page] = await database.everything<{ id: string }>(
    `select id from cms_store_page where store_id = '${store.id}' and slug = 'about'`,
  );
  const tenant = [store.merchantId, store.id, store.platformId];
  const values = [['about'], [page?.id], [20]];

  const withLocks = (): Promise<number> =>
    timed(() =>
      parts.database.unit(ctx, async ({ tx }) => {
        for (const [i, statement] of locked.entries())
          await tx.query(statement, [...tenant, ...(values[i] as unknown[])]);
      }),
    );
  const pool = new pg.Pool({ connectionString: database.ownerUrl, max: 2 });
  const without = (): Promise<number> =>
    timed(async () => {
      const client = await pool.connect();
      await client.query('BEGIN');
      for (const [i, { name, text }] of free.entries())
        await client.query({
          name,
          text,
          values: [...(i === 1 ? [] : [store.id]), ...(values[i] as unknown[])],
        });
      await client.query('COMMIT');
      client.release();
    });
  await inTurns({ withLocks, without }, 2);
  const seen = await inTurns({ withLocks, without }, ROUNDS);
  const more = seen.withLocks.map((time, round) => time - (seen.without[round] as number));
  print(`Three queries of one transaction, ms (median of ${ROUNDS} rounds of ${TIMES}, quartiles)`, [
    { what: 'without locks', seen: spread(seen.without, 3) },
    { what: 'with both locks', seen: spread(seen.withLocks, 3) },
    { what: 'more', seen: spread(more, 3), wanted: '≤ 0.2', holds: median(more) <= 0.2 },
  ]);
  await pool.end();
} finally {
  await server.stop();
}

/** Milliseconds of one call, one after another. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < TIMES; i++) {
    const began = performance.now();
    await work();
    times.push(performance.now() - began);
  }
  return median(times);
}

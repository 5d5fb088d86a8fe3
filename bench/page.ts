// A content page of a store (own page or default, both locks, themed), beside a hand-written one.
import { serverEnv } from './lib/database.js';
import { inTurns, ratio, shown, spread } from './lib/figures.js';
import { load } from './lib/load.js';
import { get } from './lib/pages.js';
import { startBuilt, startScript, type Running } from './lib/processes.js';
import { print } from './lib/table.js';
import { testDatabase } from './lib/testing.js';
import { HAND_TABLES } from './processes/handWritten/queries.js';

const ROUNDS = Number(process.env['ROUNDS'] ?? 7);
const SECONDS = Number(process.env['SECONDS_EACH'] ?? 2);
const HOST = 'acme.oms.lu';
const PATH = '/about';
const CLIENTS = 16;

const database = await testDatabase();
const started: Running[] = [];
try {
  const env = serverEnv(database);
  const read = await serve(startBuilt({ ...env, WIZAMART_PAGE_CACHE_MB: '0' }));
  const cached = await serve(startBuilt(env));
  const wanted = (await get(read.port, HOST, PATH)).text;

  await database.everything(HAND_TABLES);
  const { hash, header, fonts } = themeOf(wanted);
  await database.everything(
    `insert into hand_theme select distinct id, '${hash}', '${header}', '{${fonts.join()}}'::text[] from hand_store`,
  );
  await database.everything('grant select on all tables in schema public to wizamart_test_owner; analyze');
  // Menus are in memory everywhere: here as there they are what nobody would read for each page.
  const hand = { MENUS: 'memory', DATABASE_URL: database.ownerUrl, ASSETS: JSON.stringify(assetsOf(wanted)) };
  const queries = await serve(startScript('handWritten.ts', hand));
  const memory = await serve(startScript('handWritten.ts', { ...hand, STORES: 'memory' }));
  for (const { port } of [cached, queries, memory]) sameHtml((await get(port, HOST, PATH)).text, wanted);

  const ask =
    ({ port }: Running) =>
    async (): Promise<number> =>
      (await load({ port, path: PATH, host: HOST }, { clients: CLIENTS, seconds: SECONDS })).perSecond;
  const contenders = { read: ask(read), cached: ask(cached), queries: ask(queries), memory: ask(memory) };
  // Until everything hot is compiled.
  await inTurns(contenders, 3);
  const seen = await inTurns(contenders, ROUNDS);
  const beside = {
    a: ratio(seen.read, seen.queries),
    b: ratio(seen.read, seen.memory),
    c: ratio(seen.cached, seen.queries),
  };
  print(
    `A content page, ${wanted.length} characters, ${CLIENTS} clients, requests/s (median of ${ROUNDS} rounds, quartiles)`,
    [
      { what: 'Wizamart, read from the database', seen: spread(seen.read) },
      { what: 'Wizamart, from memory', seen: spread(seen.cached) },
      { what: '(a) hand-written: store, theme and page by queries', seen: spread(seen.queries) },
      { what: '(b) hand-written: store and theme in memory, page by query', seen: spread(seen.memory) },
      { what: 'read / (a)', seen: shown(beside.a), wanted: '≥ 1.0', holds: beside.a.median >= 1 },
      { what: 'read / (b)', seen: shown(beside.b), wanted: '≥ 0.8', holds: beside.b.median >= 0.8 },
      { what: 'from memory / (a)', seen: shown(beside.c), wanted: '≥ 2', holds: beside.c.median >= 2 },
    ],
  );
} finally {
  for (const running of started) await running.stop();
  await database.drop();
}

async function serve(starting: Promise<Running>): Promise<Running> {
  const running = await starting;
  started.push(running);
  return running;
}

function themeOf(html: string): { hash: string; header: string; fonts: string[] } {
  const first = (form: RegExp): string => form.exec(html)?.[1] ?? '';
  return {
    hash: first(/theme\.([0-9a-f]+)\.css/),
    header: first(/site--storefront site--(\w+)/),
    fonts: [...html.matchAll(/<link rel="preload" href="([^"]+)" as="font"/g)].map(
      ([, href]) => href as string,
    ),
  };
}

function assetsOf(html: string): Record<string, string> {
  return Object.fromEntries(
    [...html.matchAll(/"(\/assets\/core\/([\w-]+)\.[0-9a-f]+(\.\w+))"/g)].map(
      ([, address, name, extension]) => [`${name}${extension}`, address as string],
    ),
  );
}

function sameHtml(html: string, wanted: string): void {
  if (html === wanted) return;
  const lines = html.split('\n');
  const at = wanted.split('\n').findIndex((line, i) => line !== lines[i]);
  throw new Error(`the pages differ at line ${at + 1}:\n  ${lines[at]}\n  ${wanted.split('\n')[at]}`);
}

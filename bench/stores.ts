// One store's page with 10 and with 10,000 stores in the database: each database with a server of its own.
import { serverEnv } from './lib/database.js';
import { inTurns, ratio, shown, spread } from './lib/figures.js';
import { load } from './lib/load.js';
import { addStores } from './lib/manyStores.js';
import { startBuilt, type Running } from './lib/processes.js';
import { print } from './lib/table.js';
import { testDatabase, type TestDatabase } from './lib/testing.js';

const ROUNDS = Number(process.env['ROUNDS'] ?? 9);
const SECONDS = Number(process.env['SECONDS_EACH'] ?? 2);
const CLIENTS = 4;

const started: (Running | TestDatabase)[] = [];
try {
  const few = await place(10);
  const many = await place(10_000);
  const ask =
    ({ port }: Running) =>
    async (): Promise<number> =>
      (await load({ port, host: 'many-7.oms.lu', path: '/about' }, { clients: CLIENTS, seconds: SECONDS }))
        .p50Ms;
  const contenders = { few: ask(few), many: ask(many) };
  await inTurns(contenders, 2);
  const seen = await inTurns(contenders, ROUNDS);
  const growth = ratio(seen.many, seen.few);
  print(
    `A store's page read from the database, ${CLIENTS} clients, p50 in ms (median of ${ROUNDS} rounds, quartiles)`,
    [
      { what: 'with 10 stores', seen: spread(seen.few, 3) },
      { what: 'with 10,000 stores', seen: spread(seen.many, 3) },
      { what: '10,000 / 10', seen: shown(growth), wanted: '≤ 1.1', holds: growth.median <= 1.1 },
    ],
  );
} finally {
  for (const each of started.reverse()) await ('stop' in each ? each.stop() : each.drop());
}

async function place(stores: number): Promise<Running> {
  const database = await testDatabase();
  started.push(database);
  const env = { ...serverEnv(database), WIZAMART_DEMO: 'false', WIZAMART_PAGE_CACHE_MB: '0' };
  // The first start migrates; the stores come before the measured one, so that nothing is known of an empty database.
  await (await startBuilt(env)).stop();
  await addStores(database, { platform: 'oms', from: 1, to: stores });
  const server = await startBuilt(env);
  started.push(server);
  return server;
}

// 8 processes start at once on an empty database, 20 times: do all of them come up, and is everything there once?
import { serverEnv } from './lib/database.js';
import { spread } from './lib/figures.js';
import { startBuilt } from './lib/processes.js';
import { print } from './lib/table.js';
import { testDatabase } from './lib/testing.js';

const RUNS = Number(process.env['RUNS'] ?? 20);
const PROCESSES = 8;

const slowest: number[] = [];
let cameUp = 0;
const first: string[] = [];
for (let run = 0; run < RUNS; run++) {
  const database = await testDatabase();
  try {
    const starts = await Promise.allSettled(
      Array.from({ length: PROCESSES }, () => startBuilt(serverEnv(database))),
    );
    const running = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
    for (const start of starts) if (start.status === 'rejected') console.error(start.reason);
    cameUp += running.length;
    slowest.push(Math.max(...running.map(({ answersAfterMs }) => answersAfterMs)));
    const [counts] = await database.everything<{
      all: string;
    }>(`select concat_ws(' ', (select count(*) from core_platform), (select count(*) from core_store),
      (select count(*) from core_user), (select count(*) from core_install), (select count(*) from cms_platform_page), (select count(*) from cms_store_page)) as all`);
    first.push(counts?.all ?? '');
    await Promise.all(running.map((server) => server.stop()));
  } finally {
    await database.drop();
  }
}
const same = first.filter((counts) => counts === first[0]).length;
print(`${PROCESSES} processes at once on an empty database, with migrations, first content and demo data`, [
  {
    what: 'processes that came up',
    seen: `${cameUp} of ${RUNS * PROCESSES}`,
    wanted: `${RUNS * PROCESSES}`,
    holds: cameUp === RUNS * PROCESSES,
  },
  {
    what: 'runs that ended with the same rows',
    seen: `${same} of ${RUNS}`,
    wanted: String(RUNS),
    holds: same === RUNS,
  },
  { what: 'the slowest of a run, ms', seen: spread(slowest) },
]);

// Every page of the administration and of a store's dashboard, warm, beside its own queries alone: the SQL of one
// request with its transactions, recorded, and replayed on one connection.
import loyalty from '@wizamart/host-loyalty';
import main from '@wizamart/host-main';
import oms from '@wizamart/host-oms';
import siteBuilder from '@wizamart/host-site-builder';
import { dashboardPages, type DashboardPage } from './lib/dashboardPages.js';
import { median, quantile } from './lib/figures.js';
import { questionsIn, QueryRecorder, Replay } from './lib/recordedQueries.js';
import { ServerTime } from './lib/serverTime.js';
import { print, type Line } from './lib/table.js';
import { startTestServer } from './lib/testing.js';

const BLOCKS = Number(process.env['BLOCKS'] ?? 5);
const ROUNDS = Number(process.env['ROUNDS'] ?? 40);
const WARM = Number(process.env['WARM'] ?? 20);
const MERCHANTS = 60;
const WANTED = 2;
/** More statements than this are taken for a loop over rows. */
const MANY_QUERIES = 12;
/** Only pages whose address matches. */
const ONLY = new RegExp(process.env['ONLY'] ?? '');

const recorder = new QueryRecorder();
const time = new ServerTime();
const server = await startTestServer({ hosts: [main, oms, loyalty, siteBuilder], demo: true });
const replay = new Replay(server.database.appUrl);
try {
  const platform = server.platform('oms');
  for (let index = 0; index < MERCHANTS; index++) await server.store({ platform, code: `bench-${index}` });
  await server.database.everything('analyze');
  const { pages, missed } = await dashboardPages(server);
  const lines: Line[] = [];
  for (const page of pages.filter(({ pattern }) => ONLY.test(pattern))) lines.push(await measured(page));
  print(
    `Dashboards, warm, server time: p95 of ${ROUNDS}, medians of ${BLOCKS} blocks in turns with the page’s own queries; ${MERCHANTS} merchants more than the demo`,
    lines,
  );
  console.log(
    `\n  An answer with no session, query or page takes ${(await floor()).toFixed(1)} ms of it (p95)`,
  );
  const held = lines.filter(({ holds }) => holds).length;
  console.log(`  ${held} of ${lines.length} pages hold; without an address: ${missed.join(' ') || 'none'}`);
} finally {
  await replay.close();
  await server.stop();
}

async function measured({ pattern, address, client }: DashboardPage): Promise<Line> {
  const page = async (): Promise<void> => void (await client.get(address)).expect(200);
  if (process.stderr.isTTY) process.stderr.write(`  ${pattern}\n`);
  for (let round = 0; round < WARM; round++) await page();
  const queries = await recorder.during(page);
  for (let round = 0; round < WARM; round++) await replay.run(queries);
  const blocks: { p95: number; own: number; middle: number; ownMiddle: number }[] = [];
  for (let block = 0; block < BLOCKS; block++) {
    const [whole, alone] = [[] as number[], [] as number[]];
    for (let round = 0; round < ROUNDS; round++) {
      whole.push(await time.of(page));
      alone.push(await milliseconds(() => replay.run(queries)));
    }
    blocks.push({
      p95: quantile(whole, 0.95),
      own: quantile(alone, 0.95),
      middle: median(whole),
      ownMiddle: median(alone),
    });
  }
  const ratio = median(blocks.map(({ p95, own }) => p95 / own));
  const middle = median(blocks.map(({ middle, ownMiddle }) => middle / ownMiddle));
  const [p95, own] = [median(blocks.map((one) => one.p95)), median(blocks.map((one) => one.own))];
  const questions = questionsIn(queries);
  return {
    what: pattern,
    seen: `${p95.toFixed(1)} ms beside ${own.toFixed(1)} ms of ${questions} queries: ${ratio.toFixed(2)} (of medians ${middle.toFixed(2)})`,
    wanted: `≤ ${WANTED}, ≤ ${MANY_QUERIES} queries`,
    holds: ratio <= WANTED && questions <= MANY_QUERIES,
  };
}

/** What Node and the way to a handler take by themselves: below a page whose own queries take less, no work can get it. */
async function floor(): Promise<number> {
  const client = server.client();
  const taken: number[] = [];
  for (let round = 0; round < WARM + BLOCKS * ROUNDS; round++)
    taken.push(await time.of(async () => void (await client.get('/health/live')).expect(200)));
  return quantile(taken.slice(WARM), 0.95);
}

async function milliseconds(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

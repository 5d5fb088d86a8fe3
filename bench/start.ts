// The built server with all hosts on a warm embedded database: time to ready, memory at ready and after load.
import { Agent, request } from 'node:http';
import path from 'node:path';
import { median, spread } from './lib/figures.js';
import { root, startBuilt, type Running } from './lib/processes.js';
import { print } from './lib/table.js';

const ROUNDS = Number(process.env['ROUNDS'] ?? 7);
const REQUESTS = Number(process.env['REQUESTS'] ?? 20_000);
const HOME_PAGES = [
  ['wizamart.lu', '/'],
  ['oms.lu', '/'],
  ['loyalty.lu', '/'],
  ['sitebuilder.lu', '/'],
] as const;
const PAGES = [
  ...['wizamart.lu', 'oms.lu', 'loyalty.lu', 'sitebuilder.lu'].flatMap((host) =>
    ['/', '/pricing', '/about', '/contact', '/faq', '/terms', '/privacy', '/fr/pricing', '/de/about'].map(
      (page) => [host, page] as const,
    ),
  ),
  ...['acme.oms.lu', 'acme-esch.oms.lu', 'techpro.oms.lu', 'weber.loyalty.lu'].flatMap((host) =>
    ['/', '/about', '/contact', '/faq', '/fr/about', '/storefront/'].map((page) => [host, page] as const),
  ),
];

const agent = new Agent({ keepAlive: true, maxSockets: 16 });
// The database server runs all the time, held by a process of its own, as beside a server in use.
const env = { WIZAMART_DATA: path.join(root, '.cache/bench/start') };
const holder = await startBuilt(env);
const answers: number[] = [];
const cpu: number[] = [];
const ready: number[] = [];
const atReady: number[] = [];
let afterLoad = 0;
try {
  for (let round = 0; round < ROUNDS; round++) {
    const began = performance.now();
    const server = await startBuilt(env);
    const used = server.cpuMs();
    try {
      await untilReady(server);
      ready.push(performance.now() - began);
      cpu.push(used);
      answers.push(server.answersAfterMs);
      for (const [host, page] of HOME_PAGES) await get(server, host, page);
      atReady.push(server.megabytes());
      if (round === ROUNDS - 1) {
        await ask(server, REQUESTS);
        afterLoad = server.megabytes();
      }
    } finally {
      await server.stop();
    }
  }
} finally {
  await holder.stop();
}
print('Start of the built server, all hosts, warm embedded database', [
  {
    what: 'process start → the port answers, ms',
    seen: spread(answers),
    wanted: '≤ 700',
    holds: median(answers) <= 700,
  },
  { what: '  processor time of that, all threads, ms', seen: spread(cpu) },
  { what: 'process start → /health/ready, jobs running too, ms', seen: spread(ready) },
  {
    what: 'memory at ready + one page per host, MB',
    seen: spread(atReady),
    wanted: '≤ 160',
    holds: median(atReady) <= 160,
  },
  {
    what: `memory after ${REQUESTS} requests to ${PAGES.length} pages, MB`,
    seen: afterLoad.toFixed(0),
    wanted: '≤ 220',
    holds: afterLoad <= 220,
  },
]);

async function untilReady({ port }: Running): Promise<void> {
  while ((await fetch(`http://127.0.0.1:${port}/health/ready`)).status !== 200)
    await new Promise((resolve) => {
      setTimeout(resolve, 10);
    });
}

/** 16 at a time, with and without compression: both forms of a page are then in memory. */
async function ask(server: Running, requests: number): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      for (;;) {
        const i = next++;
        if (i >= requests) return;
        const [host, page] = PAGES[i % PAGES.length] as readonly [string, string];
        await get(server, host, page, i % 2 === 0 ? 'gzip' : 'identity');
      }
    }),
  );
}

/** Not `fetch`, which does not let the Host header be chosen. */
async function get({ port }: Running, host: string, page: string, encoding = 'identity'): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    request(
      { port, host: '127.0.0.1', path: page, agent, headers: { Host: host, 'Accept-Encoding': encoding } },
      (response) => {
        if (response.statusCode !== 200) reject(new Error(`${host}${page} answered ${response.statusCode}`));
        response.resume().on('end', resolve);
      },
    )
      .on('error', reject)
      .end();
  });
}

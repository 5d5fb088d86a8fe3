// Turning one of 60 modules (600 routes) off and on: how long a process works for it, and when 8 processes show it.
import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { median, spread } from './lib/figures.js';
import { get } from './lib/pages.js';
import { root } from './lib/processes.js';
import { print } from './lib/table.js';
import { startTestServer, testHost } from './lib/testing.js';
import { syntheticPlugins } from './lib/syntheticPlugins.js';

const PROCESSES = 8;
const plugins = syntheticPlugins(60, 10);
const server = await startTestServer({ hosts: [testHost({ code: 'bench', plugins })] });
const children: ChildProcess[] = [];
try {
  const { states, modules } = server.parts;
  const platform = server.platform('bench');
  const ctx = { ...server.context({ platform }), surface: 'cli' as const };
  const rows = (off: readonly string[]) => ({
    platformId: platform.id,
    code: 'bench',
    host: 'bench',
    revision: 1,
    rows: off.map((module) => ({ module, isEnabled: false, config: null })),
  });
  const fresh = plugins.map(({ code }) => work(() => states.compute(rows([code]))));
  const known = plugins.map(({ code }) => work(() => states.compute(rows([code]))));

  const ports = await Promise.all(Array.from({ length: PROCESSES }, () => another()));
  const seen: number[] = [];
  for (let round = 0; round < 10; round++) {
    const isOn = round % 2 === 1;
    const { revision } = modules.list(ctx);
    const asked = isOn ? { enable: ['p7'], disable: [] } : { enable: [], disable: ['p7'] };
    const began = performance.now();
    await modules.apply(ctx, { ...asked, revision });
    await Promise.all(ports.map((port) => untilAnswers(port, isOn ? 200 : 404)));
    seen.push(performance.now() - began);
  }
  print('Turning one of 60 modules (600 routes) off or on', [
    {
      what: 'work of a process, a set it has had before, ms',
      seen: spread(known, 3),
      wanted: '≤ 1',
      holds: median(known) <= 1,
    },
    {
      what: 'work of a process, a new set, ms',
      seen: spread(fresh, 1),
      wanted: '≤ 50',
      holds: median(fresh) <= 50,
    },
    {
      what: `asked for → ${PROCESSES} other processes answer so, ms`,
      seen: spread(seen),
      wanted: '≤ 1000',
      holds: Math.max(...seen) <= 1000,
    },
    { what: '  the slowest of 10 times', seen: Math.max(...seen).toFixed(0) },
  ]);
} finally {
  for (const child of children) child.kill();
  await server.stop();
}

function work(run: () => unknown): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** A process of its own with the same host, on the same database. */
function another(): Promise<number> {
  const child = fork(path.join(root, 'bench/processes/sixtyPlugins.ts'), {
    execArgv: ['--import', 'tsx/esm'],
    env: { ...process.env, APP_URL: server.database.appUrl },
  });
  children.push(child);
  return new Promise((resolve, reject) => {
    child.once('message', (port) => {
      resolve(port as number);
    });
    child.once('exit', () => {
      reject(new Error('a process ended'));
    });
  });
}

async function untilAnswers(port: number, status: number): Promise<void> {
  while ((await get(port, 'bench.lu', '/api/v1/platform/p7/r3/1')).status !== status)
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
}

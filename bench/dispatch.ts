// The kernel's own work for a request (host, tenant, snapshot, route, input, answer), beside a hand-wired Koa with
// only that route. Each contender is a process of its own, since AsyncLocalStorage slows every promise of a process;
// requests go through Node's own request and response objects without a network, whose cost would hide the rest.
import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { inTurns, ratio, shown, spread } from './lib/figures.js';
import { root } from './lib/processes.js';
import { print } from './lib/table.js';

const ROUNDS = Number(process.env['ROUNDS'] ?? 11);
const REQUESTS = Number(process.env['REQUESTS'] ?? 10_000);

const children: ChildProcess[] = [];
try {
  const composed = await contender('composed');
  const plugins = await contender('plugins');
  const koa = await contender('koa', fixedHeaders(composed.answer));
  for (const { answer } of [composed, plugins, koa])
    if (!answer.startsWith('HTTP/1.1 200') || !answer.endsWith('{"id":"4711","isWell":true}'))
      throw new Error(answer);
  if (withoutChanging(composed.answer) !== withoutChanging(koa.answer))
    throw new Error(`the answers differ:\n${composed.answer}\n\n${koa.answer}`);

  const contenders = { composed: composed.measure, plugins: plugins.measure, koa: koa.measure };
  await inTurns(contenders, 3);
  const seen = await inTurns(contenders, ROUNDS);
  const of = { composed: ratio(seen.composed, seen.koa), plugins: ratio(seen.plugins, seen.koa) };
  print(`Processor time of one request, µs (median of ${ROUNDS} rounds of ${REQUESTS}, quartiles)`, [
    { what: 'hand-wired Koa + @koa/router, this route only', seen: spread(seen.koa, 1) },
    { what: 'Wizamart, four hosts and this route', seen: spread(seen.composed, 1) },
    { what: 'Wizamart, 100 plugins of 10 routes more', seen: spread(seen.plugins, 1) },
    {
      what: 'as composed / hand-wired',
      seen: shown(of.composed),
      wanted: '≤ 1.15',
      holds: of.composed.median <= 1.15,
    },
    {
      what: 'with 100 plugins / hand-wired',
      seen: shown(of.plugins),
      wanted: '≤ 1.20',
      holds: of.plugins.median <= 1.2,
    },
  ]);
} finally {
  for (const child of children) child.kill();
}

interface Contender {
  readonly answer: string;
  readonly measure: () => Promise<number>;
}

async function contender(mode: string, headers = {}): Promise<Contender> {
  const child = fork(path.join(root, 'bench/processes/dispatchLoop.ts'), {
    execArgv: ['--import', 'tsx/esm'],
    env: { ...process.env, MODE: mode, HEADERS: JSON.stringify(headers) },
  });
  children.push(child);
  const { answer } = await heard<{ answer: string }>(child);
  return {
    answer,
    measure: async () => {
      child.send(REQUESTS);
      return (await heard<{ perRequest: number }>(child)).perRequest;
    },
  };
}

function heard<Message>(child: ChildProcess): Promise<Message> {
  return new Promise((resolve, reject) => {
    const ended = (): void => {
      reject(new Error('a contender ended'));
    };
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(message as Message);
    });
  });
}

/** What the hand-wired one sets before its handler. */
function fixedHeaders(answer: string): Record<string, string> {
  const lines = answer.split('\r\n\r\n')[0]?.split('\r\n').slice(1) ?? [];
  const own = /^(x-request-id|content-type|content-length|cache-control|date|connection|keep-alive)$/i;
  return Object.fromEntries(
    lines
      .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)] as const)
      .filter(([name]) => !own.test(name)),
  );
}

function withoutChanging(answer: string): string {
  return answer
    .replace(/^(X-Request-Id|Date):.*$/gim, '')
    .split('\r\n')
    .sort()
    .join('\n');
}

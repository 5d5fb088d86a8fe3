// Answers `n` requests in this process for each message `n`, and tells how much processor time one took, in µs.
// MODE: koa (hand-wired), composed (all hosts and one plugin more), plugins (100 plugins of 10 routes).
import { randomUUID } from 'node:crypto';
import type { RequestListener } from 'node:http';
import Koa from 'koa';
import Router from '@koa/router';
import { defineHost, THEME_PRESETS } from '@wizamart/core';
import loyalty from '@wizamart/host-loyalty';
import main from '@wizamart/host-main';
import oms from '@wizamart/host-oms';
import siteBuilder from '@wizamart/host-site-builder';
import { cms } from '@wizamart/plugin-cms';
import { ask } from '../lib/mockRequest.js';
import { ping, pingInput, syntheticPlugins } from '../lib/syntheticPlugins.js';
import { startTestServer } from '../lib/testing.js';

const HOST = 'bench.lu';
const MODES = { koa: [0, '/p0/r0'], composed: [1, '/p0/r0'], plugins: [100, '/p57/r6'] } as const;
const [plugins, path] = MODES[process.env['MODE'] as keyof typeof MODES];
const address = `/api/v1/platform${path}/4711`;
const listener = plugins === 0 ? handWired() : await wizamart(plugins);

process.on('message', (requests: number) => {
  void measure(requests);
});
process.send?.({ answer: await ask(listener, HOST, address) });

async function measure(requests: number): Promise<void> {
  const before = process.cpuUsage();
  for (let i = 0; i < requests; i++) await ask(listener, HOST, address);
  const { user, system } = process.cpuUsage(before);
  process.send?.({ perRequest: (user + system) / requests });
}

/** The same route, headers, request id, check of the input and handler. */
function handWired(): RequestListener {
  const headers = JSON.parse(process.env['HEADERS'] as string) as Record<string, string>;
  const app = new Koa();
  app.use(async (ctx, next) => {
    ctx.set('X-Request-Id', randomUUID());
    ctx.set(headers);
    await next();
  });
  const router = new Router();
  router.get(`/api/v1/platform${path}/:id`, (ctx) => {
    ctx.set('Content-Type', 'application/json; charset=utf-8');
    ctx.set('Cache-Control', 'no-store');
    ctx.body = JSON.stringify(ping(pingInput.parse(ctx['params'])));
  });
  app.use(router.routes());
  const answer = app.callback();
  return (request, response) => {
    void answer(request, response);
  };
}

async function wizamart(count: number): Promise<RequestListener> {
  const synthetic = syntheticPlugins(count, count === 1 ? 1 : 10);
  const bench = defineHost({
    code: 'bench',
    name: 'Bench',
    domain: HOST,
    plugins: [cms, ...synthetic] as never,
    modules: { on: ['cms', ...synthetic.map(({ code }) => code)] as never },
    theme: THEME_PRESETS.modern,
  });
  const server = await startTestServer({ hosts: [main, oms, loyalty, siteBuilder, bench] });
  return server.running.http.listeners('request')[0] as RequestListener;
}

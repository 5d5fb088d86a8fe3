// Starts a fresh clone of what is committed, as a newcomer would, reads its first pages and stops it.
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from './lib/workspace.mjs';

const pages = ['/', '/platforms/oms/'];
const readyWithinMs = 300_000;
const stoppedWithinMs = 30_000;

const clone = mkdtempSync(path.join(os.tmpdir(), 'wizamart-smoke-'));
// The user of the database must get in; a checkout it cannot enter has tests of its own.
chmodSync(clone, 0o755);
try {
  execFileSync('git', ['clone', '--quiet', root, clone]);
  await startAndStop();
} finally {
  rmSync(clone, { recursive: true, force: true });
}

async function startAndStop() {
  const port = await freePort();
  const begin = performance.now();
  const app = spawnApp(port);
  try {
    await untilReady(`http://localhost:${port}/health/ready`, app);
    console.log(`smoke: ready after ${((performance.now() - begin) / 1000).toFixed(1)} s`);
    for (const page of pages) await read(`http://localhost:${port}${page}`);
    await stop(app);
  } catch (error) {
    console.error(app.output());
    throw error;
  } finally {
    if (app.isRunning()) process.kill(-app.pid, 'SIGKILL');
  }
}

/** An own process group: npm does not hand signals on to what it starts. */
function spawnApp(port) {
  const env = { ...process.env, PORT: String(port) };
  for (const name of ['DATABASE_URL', 'DATABASE_OWNER_URL', 'WIZAMART_DATA', 'NODE_ENV']) delete env[name];
  const child = spawn('npm', ['start'], { cwd: clone, detached: true, env });
  const chunks = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => chunks.push(chunk));
  const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve(signal ?? code)));
  return {
    pid: child.pid,
    ended,
    output: () => Buffer.concat(chunks).toString('utf8'),
    isRunning: () => groupExists(child.pid),
  };
}

async function untilReady(url, app) {
  const deadline = performance.now() + readyWithinMs;
  while (
    !(await fetch(url).then(
      (response) => response.ok,
      () => false,
    ))
  ) {
    if (!app.isRunning()) throw new Error('The application ended before it was ready.');
    if (performance.now() > deadline) throw new Error('The application did not become ready.');
    await delay(200);
  }
}

async function read(url) {
  const response = await fetch(url);
  const body = await response.text();
  if (!response.ok) throw new Error(`${url} answers ${response.status}: ${body.slice(0, 500)}`);
  console.log(`smoke: ${url} answers ${response.status} with ${body.length} characters`);
}

async function stop(app) {
  process.kill(-app.pid, 'SIGTERM');
  const deadline = performance.now() + stoppedWithinMs;
  while (app.isRunning()) {
    if (performance.now() > deadline) throw new Error('The application did not stop.');
    await delay(50);
  }
  const end = await app.ended;
  // npm itself may die of the signal that it shares with the application.
  if (![0, 'SIGTERM', 143].includes(end)) throw new Error(`The application ended with ${end}.`);
  const left = postmasterFiles();
  if (left.length > 0) throw new Error(`The database was left running: ${left.join(', ')}`);
  console.log('smoke: stopped, nothing left running');
}

function postmasterFiles() {
  const data = path.join(clone, '.data');
  if (!statSync(data, { throwIfNoEntry: false })) return [];
  return readdirSync(data, { recursive: true }).filter((file) => path.basename(file) === 'postmaster.pid');
}

function groupExists(pid) {
  try {
    return process.kill(-pid, 0);
  } catch {
    return false;
  }
}

function freePort() {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

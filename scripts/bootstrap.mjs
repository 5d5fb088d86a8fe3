// Makes a fresh clone runnable with Node and npm alone. Runs before `npm start` and `npm test`.
//
//   node scripts/bootstrap.mjs           installs what is missing or out of date
//   node scripts/bootstrap.mjs --build   and bundles the packages that have changed
//   node scripts/bootstrap.mjs --relock  writes new packages of the workspace into the lockfile
//
// Uses nothing but Node: it runs before anything is installed. When all is fresh it only compares a few
// hashes and file times.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { stalePackages } from './lib/staleness.mjs';
import { allPackages, pnpm, root } from './lib/workspace.mjs';

const installStamp = path.join(root, 'node_modules/.wizamart-installed');

requireNode(20, 19);
if (needsWork()) {
  requireWritable(
    root,
    'Dependencies and bundles are kept in the checkout. Clone it as the user who runs it.',
  );
  await holdingLock(path.join(root, '.cache/bootstrap.lock'), () => {
    if (!isInstalled()) install();
    if (wantsBuild() && stalePackages().length > 0) bundle();
  });
}

function wantsBuild() {
  return process.argv.includes('--build');
}

function needsWork() {
  return !isInstalled() || (wantsBuild() && stalePackages().length > 0);
}

function isInstalled() {
  return existsSync(installStamp) && readFileSync(installStamp, 'utf8') === installedFrom();
}

/** Hash over all that decides what node_modules holds: manifests, lockfile, machine. */
function installedFrom() {
  const hash = createHash('sha256').update(`${pnpm} ${process.platform} ${process.arch}`);
  const manifests = allPackages().map((directory) => path.join(directory, 'package.json'));
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', ...manifests])
    hash.update(readFileSync(path.join(root, file)));
  return hash.digest('hex');
}

function install() {
  requireWritable(
    os.homedir(),
    'npm and pnpm keep their caches there. Name another: HOME="$PWD/.cache/home" npm start',
  );
  requireWritable(
    process.env.npm_config_cache ?? os.homedir(),
    'npm keeps its cache there; npm_config_cache names it.',
  );
  const done = step('installing dependencies');
  // pnpm asks before it replaces a node_modules made otherwise; nobody is there to answer.
  const lockfile = process.argv.includes('--relock') ? '--no-frozen-lockfile' : '--frozen-lockfile';
  run('npx', ['-y', pnpm, 'install', lockfile, '--prefer-offline', '--reporter=append-only'], {
    CI: 'true',
    failure:
      'The dependencies could not be installed. Is the registry reachable (npm ping)? ' +
      `After a change in a package.json, write the lockfile anew: npx ${pnpm} install`,
  });
  writeFileSync(installStamp, installedFrom());
  done();
}

function bundle() {
  const done = step('building');
  run(process.execPath, [path.join(root, 'scripts/build.mjs'), '--bundle'], {
    failure: 'The build failed; its messages stand above.',
  });
  done();
}

function run(command, args, { failure, ...env }) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...withoutNpmRun(process.env), ...env },
    shell: process.platform === 'win32',
  });
  if (status !== 0) fail(error ? `${failure} (${error.message})` : failure);
}

/** What npm tells its scripts about itself misleads a package manager that it starts; settings stay. */
function withoutNpmRun(env) {
  const ofThisRun =
    /^npm_(lifecycle|package|command|execpath|node_execpath|config_(local_prefix|prefix|user_agent|global_prefix))/i;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !ofThisRun.test(name)));
}

/** Two starts at the same moment must not install into the same folder: the second waits for the first. */
async function holdingLock(directory, work) {
  mkdirSync(path.dirname(directory), { recursive: true });
  for (let told = false; !acquire(directory); told = true) {
    if (!told) console.log('wizamart: another process is preparing this checkout, waiting for it');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const release = () => rmSync(directory, { recursive: true, force: true });
  process.once('exit', release);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130));
  await work();
}

function acquire(directory) {
  const owner = path.join(directory, 'pid');
  try {
    mkdirSync(directory);
    writeFileSync(owner, String(process.pid));
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  if (isAlive(readPid(owner))) return false;
  // Left behind by a kill.
  rmSync(directory, { recursive: true, force: true });
  return acquire(directory);
}

/** 0 while the folder is just being made or removed. */
function readPid(file) {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return 0;
  }
}

function isAlive(pid) {
  if (pid === 0) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function requireNode(major, minor) {
  const [actualMajor, actualMinor] = process.versions.node.split('.').map(Number);
  if (actualMajor > major || (actualMajor === major && actualMinor >= minor)) return;
  fail(
    `Node ${major}.${minor} or newer is needed, this is ${process.version}. See https://nodejs.org/en/download`,
  );
}

function requireWritable(directory, reason) {
  try {
    accessSync(nearestExisting(directory), constants.W_OK);
  } catch {
    fail(
      `${directory} cannot be written to by this user (uid ${process.getuid?.() ?? 'unknown'}). ${reason}`,
    );
  }
}

function nearestExisting(directory) {
  return existsSync(directory) ? directory : nearestExisting(path.dirname(directory));
}

/** Prints what begins; the function it returns prints how long it took. */
function step(what) {
  const begin = performance.now();
  console.log(`wizamart: ${what} …`);
  return () => console.log(`wizamart: ${what} took ${((performance.now() - begin) / 1000).toFixed(1)} s`);
}

function fail(message) {
  console.error(`wizamart: ${message}`);
  process.exit(1);
}

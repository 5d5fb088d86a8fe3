// Runs the tests.
//
//   npm test                                     every test that belongs to a change
//   npm test -- --module billing --surface store     only those whose titles carry [module:billing] and [surface:store];
//                                                 a repeated option means "one of"
//   npm test -- --deep                           the long ones (*.deep.ts) too; also `npm run test:deep`
//   npm test -- plugins/cms/test/pages.test.ts --grep publish     files and everything else go to mocha
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { root } from './lib/workspace.mjs';

const packages = '{core,plugins/*,hosts/*,templates,cli,scripts}';
const browsing = 'scenarios';

const { tags, deep, rest } = readArguments(process.argv.slice(2));
const suffix = deep ? '{test,deep}' : 'test';
const mocha = path.join(
  path.dirname(createRequire(import.meta.url).resolve('mocha/package.json')),
  'bin/mocha.js',
);
const running = new Set();
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => running.forEach((child) => child.kill(signal)));

process.exitCode = await (tags.length + rest.length === 0 ? runWhole() : runPart());

/** What was asked for, in one process. */
function runPart() {
  const files = rest.some(isFile) ? [] : [filesIn(`{${packages.slice(1, -1)},${browsing}}`)];
  const grep = tags.length > 0 ? ['--grep', grepFor(tags)] : [];
  return run([...grep, ...rest, ...files], 'inherit');
}

/** Everything, in two processes: one mostly waits for the browser while the other works. Their reports do not mix. */
async function runWhole() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wizamart-tests-'));
  const report = path.join(folder, 'report');
  try {
    const later = fs.openSync(report, 'w');
    const codes = await Promise.all([
      run([filesIn(packages)], 'inherit'),
      run([filesIn(browsing)], ['ignore', later, later]),
    ]);
    process.stdout.write(fs.readFileSync(report));
    return Math.max(...codes);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function filesIn(places) {
  return `${places}/**/*.${suffix}.ts`;
}

/** @returns {Promise<number>} mocha's exit code */
function run(words, stdio) {
  const child = spawn(process.execPath, [mocha, ...words], {
    cwd: root,
    stdio,
    env: { ...process.env, NODE_ENV: 'test', WIZAMART_TEST_TAGS: JSON.stringify(tags) },
  });
  running.add(child);
  return new Promise((resolve) =>
    child.on('exit', (code) => {
      running.delete(child);
      resolve(code ?? 1);
    }),
  );
}

/** Takes out what this script understands; mocha gets the rest. */
function readArguments(words) {
  const tags = [];
  const rest = [];
  let deep = false;
  for (let index = 0; index < words.length; index++) {
    const [, kind, value] = /^--(module|surface)(?:=(.*))?$/.exec(words[index]) ?? [];
    if (kind) tags.push(`${kind}:${value ?? words[++index] ?? ''}`);
    else if (words[index] === '--deep') deep = true;
    else rest.push(words[index]);
  }
  return { tags, deep, rest };
}

/** A pattern over a test's full title: one of the wanted modules and one of the wanted surfaces. */
function grepFor(tags) {
  const kinds = [...new Set(tags.map((tag) => tag.split(':')[0]))];
  const conditions = kinds.map((kind) => {
    const values = tags
      .filter((tag) => tag.startsWith(`${kind}:`))
      .map((tag) => tag.replace(/[^\w:]/g, '\\$&'));
    return `(?=.*\\[(?:${values.join('|')})\\])`;
  });
  return `/^${conditions.join('')}/s`;
}

function isFile(word) {
  return !word.startsWith('-') && (word.includes('*') || fs.existsSync(path.resolve(root, word)));
}

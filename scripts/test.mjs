// Runs the tests.
//
//   npm test                                     every test that belongs to a change
//   npm test -- --module billing --surface store     only those whose titles carry [module:billing] and [surface:store];
//                                                 a repeated option means "one of"
//   npm test -- --deep                           the long ones (*.deep.ts) too; also `npm run test:deep`
//   npm test -- plugins/cms/test/pages.test.ts --grep publish     files and everything else go to mocha
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { root } from './lib/workspace.mjs';

const places = '{core,plugins/*,hosts/*,templates,cli,scenarios,scripts}/**/*';

const { tags, deep, rest } = readArguments(process.argv.slice(2));
const files = rest.some(isFile) ? [] : [`${places}.${deep ? '{test,deep}' : 'test'}.ts`];
const grep = tags.length > 0 ? ['--grep', grepFor(tags)] : [];
const mocha = path.join(
  path.dirname(createRequire(import.meta.url).resolve('mocha/package.json')),
  'bin/mocha.js',
);

const child = spawn(process.execPath, [mocha, ...grep, ...rest, ...files], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, NODE_ENV: 'test', WIZAMART_TEST_TAGS: JSON.stringify(tags) },
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));

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
  return !word.startsWith('-') && (word.includes('*') || existsSync(path.resolve(root, word)));
}

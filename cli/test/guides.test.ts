import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { CONFIG_VARIABLES } from '@wizamart/core/server';
import { commandTree } from '../src/commandTree.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const guides = readdirSync(path.join(root, 'docs/guides')).map((file) => `docs/guides/${file}`);
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

describe('the documentation [module:core]', () => {
  it('lists every environment variable with its default, and no other', () => {
    const rows = [...read('docs/guides/configuration.md').matchAll(/^\| `([A-Z_]+)` \| (.*?) \| /gm)].map(
      ([, name, standard]) => `${name} ${standard}`,
    );
    const known = CONFIG_VARIABLES.map(
      ({ name, default: standard }) => `${name} ${standard === undefined ? '–' : String(standard)}`,
    );
    assert.deepEqual(rows.sort(), known.sort());
  });

  it('names every environment variable in the README', () => {
    const named = new Set(
      [...read('README.md').matchAll(/^\| (`[^|]*?) \|/gm)].flatMap(([, cell = '']) =>
        [...cell.matchAll(/`([A-Z_]+)`/g)].map((match) => match[1]),
      ),
    );
    assert.deepEqual(
      CONFIG_VARIABLES.map(({ name }) => name).filter((name) => !named.has(name)),
      [],
    );
  });

  it('has no link that leads nowhere', () => {
    for (const file of ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'cli/README.md', ...guides]) {
      for (const [, target = ''] of read(file).matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)) {
        assert.ok(existsSync(path.join(root, path.dirname(file), target)), `${file} → ${target}`);
      }
    }
  });

  it('names only commands that there are, and the README of the command all of them', async () => {
    const commands = Object.keys(commandTree.subCommands as object);
    for (const file of ['README.md', 'CONTRIBUTING.md', 'cli/README.md', ...guides]) {
      for (const [, name = ''] of read(file).matchAll(/`(?:DATABASE_\w+=… )?(?:npx )?wizamart ([a-z-]+)/g))
        assert.ok(commands.includes(name), `${file}: wizamart ${name}`);
    }
    for (const command of commands)
      assert.match(read('cli/README.md'), new RegExp(`\`wizamart ${command}\\b`), command);
  });
});

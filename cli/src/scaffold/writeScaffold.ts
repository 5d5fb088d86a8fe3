import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { CommandError } from '../errors.js';
import { packageRoot } from '../packageRoot.js';
import type { Names } from './names.js';

/**
 * Writes a package from folders of `scaffold/`, later ones over earlier ones.
 *
 * @returns the files, relative to the folder
 * @throws {CommandError} when something is in the folder already; nothing is written then
 */
export function writeScaffold(kinds: readonly string[], folder: string, names: Names): string[] {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new CommandError(`${folder} is not empty; choose another code, or remove it`);
  }
  const files = new Map(kinds.flatMap((kind) => filesOf(kind, names)));
  for (const [file, text] of files) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  return [...files.keys()].sort();
}

function filesOf(kind: string, names: Names): [string, string][] {
  const root = fileURLToPath(new URL(`scaffold/${kind}/`, packageRoot));
  return readdirSync(root, { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('.tmpl'))
    .map((file) => {
      // npm leaves .gitignore out of what it packs.
      const target = filled(file.slice(0, -'.tmpl'.length), names).replace(
        /(^|\/)_gitignore$/,
        '$1.gitignore',
      );
      return [target, filled(readFileSync(path.join(root, file), 'utf8'), names)];
    });
}

/** Puts the names in place of `__form__`. */
export function filled(text: string, names: Names): string {
  return Object.entries(names).reduce((result, [form, name]) => result.replaceAll(`__${form}__`, name), text);
}

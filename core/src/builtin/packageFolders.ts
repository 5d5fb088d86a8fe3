/** Folders of this package; sources and bundles both lie one level below its root. */
import { fileURLToPath, pathToFileURL } from 'node:url';
import { existsSync } from 'node:fs';
import path from 'node:path';

function packageRoot(): string {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(folder, 'package.json'))) folder = path.dirname(folder);
  return folder;
}

const root = pathToFileURL(`${packageRoot()}/`);

export const coreLocales = new URL('locales/', root);

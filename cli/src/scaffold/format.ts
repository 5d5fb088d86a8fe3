import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** The part of prettier that is used here; the workspace brings it. */
interface Prettier {
  getFileInfo(
    file: string,
    options: { readonly ignorePath: string },
  ): Promise<{ readonly ignored: boolean; readonly inferredParser: string | null }>;
  resolveConfig(file: string): Promise<object | null>;
  format(text: string, options: object): Promise<string>;
}

/** Breaks lines as the workspace does: how long they are depends on the code. Without prettier they stay as they are. */
export async function format(workspace: string, files: readonly string[]): Promise<void> {
  const prettier = await load(workspace);
  if (!prettier) return;
  for (const file of files.map((name) => path.join(workspace, name))) {
    const { ignored, inferredParser } = await prettier.getFileInfo(file, {
      ignorePath: path.join(workspace, '.prettierignore'),
    });
    if (ignored || inferredParser === null) continue;
    writeFileSync(
      file,
      await prettier.format(readFileSync(file, 'utf8'), {
        ...(await prettier.resolveConfig(file)),
        filepath: file,
      }),
    );
  }
}

async function load(workspace: string): Promise<Prettier | undefined> {
  try {
    const file = createRequire(path.join(workspace, 'package.json')).resolve('prettier');
    return ((await import(pathToFileURL(file).href)) as { default: Prettier }).default;
  } catch {
    return undefined;
  }
}

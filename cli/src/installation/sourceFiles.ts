import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const skipped = new Set(['node_modules', 'dist', 'test', 'coverage', 'scaffold']);

/** The code files of a package: its sources, or where it was published without them, what was built. */
export function codeFiles(folder: string): string[] {
  const sources = path.join(folder, 'src');
  if (existsSync(sources)) return [...filesBelow(sources, /(?<!\.(test|deep|fixture))\.ts$/)];
  const built = path.join(folder, 'dist');
  return existsSync(built) ? [...filesBelow(built, /\.js$/)] : [];
}

function* filesBelow(folder: string, accepts: RegExp): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!skipped.has(entry.name)) yield* filesBelow(file, accepts);
    } else if (accepts.test(entry.name)) yield file;
  }
}

/**
 * Where a text stands in the code of a package, as `file:line` seen from the working folder; undefined where it does not.
 *
 * @param within what the file has to hold, too
 */
export function placeOf(text: string | RegExp, folder: string, within?: string): string | undefined {
  const pattern = typeof text === 'string' ? new RegExp(escaped(text)) : text;
  for (const file of codeFiles(folder)) {
    const code = readFileSync(file, 'utf8');
    if (within !== undefined && !code.includes(within)) continue;
    const line = code.split('\n').findIndex((candidate) => pattern.test(candidate));
    if (line !== -1) return `${path.relative(process.cwd(), file)}:${line + 1}`;
  }
  return undefined;
}

export const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Files that a guide spells out: fenced blocks whose first line reads ```` ```lang file=path ````. */
export function guideFiles(guide: URL): Map<string, string> {
  const text = readFileSync(guide, 'utf8');
  return new Map(
    [...text.matchAll(/^```\w+ file=(\S+)\n([\s\S]*?)^```$/gm)].map(([, file = '', content = '']) => [
      file,
      content,
    ]),
  );
}

export function writeFiles(folder: string, files: ReadonlyMap<string, string>): void {
  for (const [file, content] of files) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), content);
  }
}

import type { SniffedType } from '../../kernel/route.js';

/** What the bytes of a file say it is; undefined for text and what is not known. */
export async function sniffType(path: string): Promise<SniffedType | undefined> {
  // Read when the first file arrives: most processes never get one.
  const { fileTypeFromFile } = await import('file-type');
  const found = await fileTypeFromFile(path).catch(() => undefined);
  return found && { mime: found.mime, extension: found.ext };
}

import { createHash } from 'node:crypto';
import path from 'node:path';

/** First 16 hex digits of a file's SHA-256. */
export const assetHash = (body: Buffer): string =>
  createHash('sha256').update(body).digest('hex').slice(0, 16);

/** `/assets/{code}/{name}.{hash}.{ext}`: the address changes with the content, and is the same on every host. */
export function assetAddress(code: string, file: string, body: Buffer): string {
  const extension = path.extname(file);
  return `/assets/${code}/${file.slice(0, -extension.length)}.${assetHash(body)}${extension}`;
}

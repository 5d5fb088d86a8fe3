import type { IncomingMessage } from 'node:http';
import { MalformedRequest, PayloadTooLarge } from '../errors/common.js';

/**
 * Reads a request's body.
 *
 * @throws {PayloadTooLarge} as soon as more than `limitBytes` are announced or seen; the rest is not read
 */
export async function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) throw new PayloadTooLarge({ limitBytes });
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limitBytes) throw new PayloadTooLarge({ limitBytes });
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof PayloadTooLarge) throw error;
    throw new MalformedRequest({ reason: 'The body ended before it was complete.' });
  }
  return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** @throws {MalformedRequest} when the bytes are not UTF-8: they are refused, never replaced */
export function decodeUtf8(bytes: Buffer, what: string): string {
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    throw new MalformedRequest({ reason: `The ${what} is not valid UTF-8.` });
  }
  // PostgreSQL cannot store it and no text needs it.
  if (text.includes('\0')) throw new MalformedRequest({ reason: `The ${what} contains a NUL character.` });
  return text;
}

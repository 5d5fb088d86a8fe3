import { hash } from 'node:crypto';
import type { Context } from 'koa';
import type { FileAnswer, Raw, Redirect, View } from '../kernel/route.js';

/** Whether a handler's answer is one of the tagged kinds; anything else is JSON. */
export function isTagged(answer: unknown): answer is View | Redirect | Raw | FileAnswer {
  if (typeof answer !== 'object' || answer === null) return false;
  const { type } = answer as { type?: unknown };
  if (type === 'view') return 'template' in answer;
  if (type === 'file') return 'open' in answer && 'etag' in answer;
  if (type === 'redirect') return 'location' in answer;
  return type === 'raw' && 'headers' in answer && 'body' in answer;
}

export function sendRedirect(koa: Context, { location, status, headers }: Redirect): void {
  setHeaders(koa, headers ?? {});
  koa.status = status;
  koa.set('Location', location);
  koa.set('Cache-Control', 'no-store');
  koa.body = '';
}

export function sendRaw(koa: Context, { status, headers, body }: Raw): void {
  koa.status = status;
  setHeaders(koa, headers);
  if (typeof body === 'string' || Buffer.isBuffer(body) || body === null || body === undefined)
    koa.body = body ?? '';
  else sendJson(koa, body, status);
}

export function sendJson(koa: Context, value: unknown, status: number): void {
  koa.status = status;
  if (value === undefined || value === null) {
    koa.status = status === 200 ? 204 : status;
    koa.body = null;
    return;
  }
  koa.res.setHeader('Content-Type', 'application/json; charset=utf-8');
  koa.res.setHeader('Cache-Control', 'no-store');
  koa.body = JSON.stringify(value);
}

export function sendHtml(
  koa: Context,
  html: string | Buffer,
  options: { readonly status: number; readonly etag?: string | undefined; readonly cacheControl: string },
): void {
  koa.status = options.status;
  const { res } = koa;
  // Put into bytes once, for the tag, the length and the wire.
  const body = typeof html === 'string' ? Buffer.from(html) : html;
  res.setHeader('Content-Type', 'text/html; charset=utf-8');
  res.setHeader('Cache-Control', options.cacheControl);
  // What must not be kept is never asked for again by its tag.
  if (options.status === 200 && options.cacheControl !== 'no-store') {
    res.setHeader('ETag', options.etag ?? etagOf(body));
    // Koa reads all headers of the answer to tell; most requests do not ask.
    if (koa.req.headers['if-none-match'] !== undefined && koa.fresh) {
      koa.status = 304;
      koa.body = null;
      return;
    }
  }
  koa.body = body;
}

/** A strong tag of the uncompressed text; weak on the wire, since compression changes the bytes. */
export const etagOf = (body: string | Buffer): string => `W/"${hash('sha1', body, 'base64url')}"`;

function setHeaders(koa: Context, headers: Readonly<Record<string, string | readonly string[]>>): void {
  for (const [name, value] of Object.entries(headers)) koa.set(name, value as string | string[]);
}

import type { Context } from 'koa';
import { NotFound } from '../errors/common.js';
import type { FileAnswer } from '../kernel/route.js';
import { byteRange } from './byteRange.js';

/** Sends a file: conditional, in parts, or only its head. */
export async function sendFile(koa: Context, file: FileAnswer): Promise<void> {
  koa.status = 200;
  for (const [name, value] of Object.entries(file.headers)) koa.set(name, value);
  koa.set('Content-Type', file.contentType);
  koa.set('Accept-Ranges', 'bytes');
  koa.set('ETag', file.etag);
  if (koa.fresh) {
    koa.status = 304;
    koa.body = null;
    return;
  }
  const range = byteRange(koa.get('Range'), koa.get('If-Range'), file);
  if (range === 'unsatisfiable') {
    koa.body = '';
    koa.status = 416;
    koa.set('Content-Range', `bytes */${file.bytes}`);
    koa.set('Cache-Control', 'no-store');
    return;
  }
  const length = range ? range.end - range.start + 1 : file.bytes;
  if (koa.method === 'HEAD') {
    koa.body = null;
    koa.status = range ? 206 : 200;
    koa.set('Content-Type', file.contentType);
    koa.set('Content-Length', String(length));
    if (range) koa.set('Content-Range', `bytes ${range.start}-${range.end}/${file.bytes}`);
    return;
  }
  const stream = await file.open(range);
  if (!stream) throw new NotFound({ what: 'This file' });
  if (range) {
    koa.status = 206;
    koa.set('Content-Range', `bytes ${range.start}-${range.end}/${file.bytes}`);
  }
  koa.body = stream;
  koa.set('Content-Type', file.contentType);
  koa.set('Content-Length', String(length));
}

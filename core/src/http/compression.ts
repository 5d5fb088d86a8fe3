import { constants } from 'node:zlib';
import type { Middleware } from 'koa';
import compress from 'koa-compress';

/** Compresses what does not bring its compressed form along, for clients that take one. */
export function compression(): Middleware {
  const compressing = compress({
    threshold: 1024,
    br: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
    deflate: false,
  });
  return (koa, next) => {
    if (koa.req.headers['accept-encoding'] !== undefined) return compressing(koa, next);
    koa.res.setHeader('Vary', 'Accept-Encoding');
    return next();
  };
}

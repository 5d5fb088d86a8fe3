import type { Context } from 'koa';
import { NotFound } from '../errors/common.js';
import type { AssetStore } from '../render/AssetStore.js';
import type { TlsCheck } from './TlsCheck.js';
import type { PlainResolution } from '../tenancy/address/resolution.js';

export interface Readiness {
  /** Sentences about what is not ready; empty when the process can serve. */
  problems(): Promise<readonly string[]>;
}

type DevelopmentPages = (
  koa: Context,
  resolution: Extract<PlainResolution, { type: 'dev' }>,
) => Promise<void>;

/** What is answered without a tenant: health, static files, the developer's pages. */
export class PlainHandlers {
  constructor(
    private readonly deps: {
      readonly assets: AssetStore;
      readonly readiness: Readiness;
      readonly development: DevelopmentPages | undefined;
      readonly tlsCheck: TlsCheck;
    },
  ) {}

  async health(koa: Context, check: 'live' | 'ready'): Promise<void> {
    const problems = check === 'live' ? [] : await this.deps.readiness.problems();
    koa.status = problems.length === 0 ? 200 : 503;
    koa.set('Cache-Control', 'no-store');
    koa.set('Content-Type', 'application/json; charset=utf-8');
    koa.body = JSON.stringify({
      status: problems.length === 0 ? 'ok' : 'unavailable',
      ...(problems.length > 0 ? { problems } : {}),
    });
  }

  /** 200 where a certificate may be got for `?domain=`; see {@link TlsCheck}. */
  async tlsCheck(koa: Context): Promise<void> {
    const { remoteAddress } = koa.req.socket;
    const isForwarded = koa.get('X-Forwarded-For') !== '' || koa.get('Forwarded') !== '';
    const { status, text } = this.deps.tlsCheck.answer({
      query: new URLSearchParams(koa.querystring),
      caller: { address: remoteAddress ?? '', isForwarded },
    });
    koa.status = koa.method === 'GET' || koa.method === 'HEAD' ? status : 404;
    koa.set('Cache-Control', 'no-store');
    koa.type = 'text/plain; charset=utf-8';
    koa.body = `${text}\n`;
  }

  async asset(koa: Context, path: string): Promise<void> {
    const asset = koa.method === 'GET' || koa.method === 'HEAD' ? this.deps.assets.find(path) : undefined;
    if (!asset) throw new NotFound({ what: 'This file' });
    koa.set('Content-Type', asset.type);
    koa.set('Cache-Control', 'public, max-age=31536000, immutable');
    koa.set('ETag', asset.etag);
    if (asset.gzip) koa.set('Vary', 'Accept-Encoding');
    koa.status = 200;
    if (koa.fresh) {
      koa.status = 304;
      koa.body = null;
      return;
    }
    const compressed = asset.gzip && (koa.req.headers['accept-encoding'] ?? '').includes('gzip');
    if (compressed) koa.set('Content-Encoding', 'gzip');
    koa.body = compressed ? asset.gzip : asset.body;
  }

  async development(koa: Context, resolution: Extract<PlainResolution, { type: 'dev' }>): Promise<void> {
    if (!this.deps.development) throw new NotFound({});
    await this.deps.development(koa, resolution);
  }
}

import type { Context } from 'koa';
import type { PageCache } from '../modules/pageCache/PageCache.js';
import { pageKey } from '../modules/pageCache/pageKey.js';
import type { RequestContext } from './RequestContext.js';
import { etagOf, sendHtml } from './respond.js';

/** A page that was rendered for everybody. */
export interface MadePage {
  readonly html: string;
  /** When what it shows changes by itself; undefined: never. */
  readonly expiresAt: Date | undefined;
}

/** Serves pages that are the same for everybody from memory, until something they show is published anew. */
export class PublishedPages {
  /** @param cache undefined: every page is made for its request (the database is asked each time) */
  constructor(private readonly cache: PageCache | undefined) {}

  /** @param make renders the page; undefined when it has answered in another way (a redirect, a 404 view) */
  async serve(koa: Context, ctx: RequestContext, make: () => Promise<MadePage | undefined>): Promise<void> {
    const { cache } = this;
    if (!cache) {
      const page = await make();
      if (page) sendPublic(koa, Buffer.from(page.html));
      return;
    }
    const { resolution } = ctx;
    const key = pageKey({
      snapshot: ctx.snapshot.key,
      platformId: ctx.platform.id,
      storeId: ctx.store?.id ?? null,
      language: ctx.language,
      base: `${resolution.base.site} ${resolution.base.secure ? 'https' : 'http'} ${resolution.base.host}${resolution.base.port}`,
      path: resolution.path,
    });
    let entry = cache.get(key);
    if (!entry) {
      const generation = cache.generation();
      const page = await make();
      if (!page) return;
      const body = Buffer.from(page.html);
      const { expiresAt } = page;
      entry = cache.put(key, { platformId: ctx.platform.id, storeId: ctx.store?.id ?? null }, generation, {
        body,
        headers: {},
        etag: etagOf(body),
        ...(expiresAt ? { expiresAt } : {}),
      });
    }
    koa.set('Vary', 'Accept-Encoding');
    if (entry.body.length > 1024 && acceptsGzip(koa)) {
      const body = await entry.gzip();
      koa.set('Content-Encoding', 'gzip');
      sendPublic(koa, body, entry.etag);
      if (koa.status === 304) koa.remove('Content-Encoding');
    } else {
      sendPublic(koa, entry.body, entry.etag);
    }
  }
}

function sendPublic(koa: Context, body: Buffer, etag = etagOf(body)): void {
  // Browsers ask again each time (a 304 costs nothing), so that a publish is seen at once.
  sendHtml(koa, body, { status: 200, etag, cacheControl: 'public, no-cache' });
}

// The header is parsed only where it can matter: `gzip;q=0` refuses.
const acceptsGzip = (koa: Context): boolean =>
  (koa.req.headers['accept-encoding'] ?? '').includes('gzip') &&
  koa.acceptsEncodings('gzip', 'identity') === 'gzip';

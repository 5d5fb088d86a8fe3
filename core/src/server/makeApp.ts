import Koa from 'koa';
import { compression } from '../http/compression.js';
import { Dispatcher } from '../http/Dispatcher.js';
import { developmentPages } from './development/developmentPages.js';
import { ErrorPages } from '../http/ErrorPages.js';
import { FlashCookie } from '../http/flash/FlashCookie.js';
import { Frames } from '../http/Frames.js';
import { MenuCounts } from '../modules/menu/MenuCounts.js';
import { Idempotent } from '../http/Idempotent.js';
import { PlainHandlers, type Readiness } from '../http/PlainHandlers.js';
import { PublishedPages } from '../http/PublishedPages.js';
import { RouteRunner } from '../http/RouteRunner.js';
import { SignIns } from '../http/SignIns.js';
import { TlsCheck } from '../http/TlsCheck.js';
import { Views } from '../http/Views.js';
import { Idempotency } from '../idempotency/Idempotency.js';
import type { AssetStore } from '../render/AssetStore.js';
import type { Renderer } from '../render/Renderer.js';
import type { ServerParts } from './makeParts.js';

export interface AppFrame {
  readonly renderer: Renderer;
  readonly assets: AssetStore;
  readonly readiness: Readiness;
}

/** The Koa application: one middleware that finds the tenant, its snapshot and the route. */
export function makeApp(parts: ServerParts, { renderer, assets, readiness }: AppFrame): Koa {
  const {
    config,
    states,
    translator,
    attribution,
    logger,
    entitlements,
    hooks,
    database,
    tenants,
    clock,
    identity,
  } = parts;
  const development = config.environment !== 'production';
  const flashes = new FlashCookie({ signatures: parts.signatures });
  const views = new Views({
    renderer,
    flashes,
    frames: new Frames({
      ...{ translator, hooks, entitlements, menus: parts.menus },
      menuCounts: new MenuCounts({ database: parts.database }),
    }),
  });
  const signIns = new SignIns({ identity, tenants });
  const errors = new ErrorPages({
    renderer,
    translator,
    states,
    attribution,
    logger,
    development,
    signIns,
    clock,
  });
  const runner = new RouteRunner({
    translator,
    signIns,
    entitlements,
    menus: parts.menus,
    views,
    flashes,
    pages: new PublishedPages(config.pageCacheBytes > 0 ? parts.pageCache : undefined),
    idempotent: new Idempotent(new Idempotency({ database, failures: attribution })),
  });
  const plain = new PlainHandlers({
    assets,
    readiness,
    development: development ? developmentPages(parts, renderer) : undefined,
    tlsCheck: new TlsCheck({ hosts: parts.servedHosts, token: config.tlsCheckToken }),
  });
  const dispatcher = new Dispatcher({
    tenants,
    states,
    runner,
    plain,
    errors,
    attribution,
    clock,
    logger,
    mode: { development },
    trustProxy: config.trustProxy,
  });
  const app = new Koa();
  // Pages from memory and static files bring their compressed form along; this is for all others.
  app.use(compression());
  app.use(dispatcher.handle);
  // What reaches here happened while an answer was sent: the connection broke.
  app.on('error', (error: unknown) => {
    logger.debug({ err: error }, 'an answer could not be sent');
  });
  return app;
}

import { randomUUID } from 'node:crypto';
import type { Context } from 'koa';
import type { Logger } from 'pino';
import { MethodNotAllowed, NotFound } from '../errors/common.js';
import { defineError } from '../errors/defineError.js';
import type { Attribution } from '../kernel/Attribution.js';
import type { Clock } from '../kernel/clock.js';
import type { RouteMatch } from '../kernel/snapshot/RouteTable.js';
import type { ModuleStates } from '../modules/enablement/ModuleStates.js';
import { clientFacts, type ClientFacts } from '../tenancy/clientFacts.js';
import type { AddressMode, Resolution, TenantResolution } from '../tenancy/address/resolution.js';
import type { TenantLookup } from '../tenancy/address/TenantLookup.js';
import { resolveAddress } from '../tenancy/resolveAddress.js';
import type { ErrorPages } from './ErrorPages.js';
import { applyLanguage } from './requestLanguage.js';
import type { PlainHandlers } from './PlainHandlers.js';
import { ANONYMOUS, makeRequestContext } from './RequestContext.js';
import type { RouteRunner } from './RouteRunner.js';
import { sendRaw } from './respond.js';
import { HTTPS_HEADERS, SECURITY_HEADERS } from './securityHeaders.js';
import { webhookOfModuleOff } from './webhookOfModuleOff.js';

const AddressRefused = defineError<{ reason: string }>({
  code: 'NOT_FOUND',
  status: 404,
  message: (d) => d.reason,
});
const AddressMalformed = defineError<{ reason: string }>({
  code: 'MALFORMED_REQUEST',
  status: 400,
  message: (d) => d.reason,
});
const UnknownHost = defineError<{ reason: string }>({
  code: 'UNKNOWN_HOST',
  status: 404,
  message: (d) => d.reason,
});
const MalformedHost = defineError<{ reason: string }>({
  code: 'MALFORMED_HOST',
  status: 400,
  message: (d) => d.reason,
});
const StoreSuspended = defineError<{ store: string }>({
  code: 'STORE_SUSPENDED',
  status: 503,
  message: (d) => `${d.store} is closed for the moment. Please come back later.`,
  retryAfterSeconds: 3600,
});

const REFUSALS = {
  MALFORMED_HOST: MalformedHost,
  MALFORMED_REQUEST: AddressMalformed,
  UNKNOWN_HOST: UnknownHost,
  NOT_FOUND: AddressRefused,
};
const FIXED_HEADERS = Object.entries(SECURITY_HEADERS);
const THEME_FILE = /^\/theme\.([0-9a-f]{16})\.css$/;

export interface DispatcherParts {
  readonly tenants: TenantLookup;
  readonly states: ModuleStates;
  readonly runner: RouteRunner;
  readonly plain: PlainHandlers;
  readonly errors: ErrorPages;
  readonly attribution: Attribution;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly mode: AddressMode;
  readonly trustProxy: boolean;
}

/** One request from its bytes to its answer: address → tenant → snapshot → route. */
export class Dispatcher {
  constructor(private readonly parts: DispatcherParts) {}

  /** The only middleware of the application. */
  readonly handle = async (koa: Context): Promise<void> => {
    const requestId = randomUUID();
    // Straight to Node: Koa's `set` with an object costs twice as much.
    koa.res.setHeader('X-Request-Id', requestId);
    for (const [name, value] of FIXED_HEADERS) koa.res.setHeader(name, value);
    let resolution: Resolution | undefined;
    try {
      const facts = clientFacts(koa.req, this.parts.trustProxy);
      if (facts.secure) for (const [name, value] of HTTPS_HEADERS) koa.res.setHeader(name, value);
      const found = resolveAddress(
        { host: facts.host, path: koa.req.url ?? '/', secure: facts.secure, mode: this.parts.mode },
        this.parts.tenants,
      );
      resolution = found instanceof Promise ? await found : found;
      await this.#answer(koa, resolution, facts, requestId);
    } catch (error) {
      await this.parts.errors.send(koa, error, { requestId, resolution });
    }
  };

  async #answer(koa: Context, resolution: Resolution, facts: ClientFacts, requestId: string): Promise<void> {
    switch (resolution.type) {
      case 'tenant':
        return this.#tenant(koa, resolution, facts, requestId);
      case 'redirect':
        koa.status = resolution.status;
        koa.set('Location', resolution.location);
        koa.body = '';
        return;
      case 'refused':
        throw new REFUSALS[resolution.code]({ reason: resolution.reason });
      case 'suspended':
        throw new StoreSuspended({ store: resolution.store.name });
      case 'health':
        return this.parts.plain.health(koa, resolution.check);
      case 'tlsCheck':
        return this.parts.plain.tlsCheck(koa);
      case 'asset':
        return this.parts.plain.asset(koa, `/assets${resolution.path}`);
      case 'dev':
        return this.parts.plain.development(koa, resolution);
    }
  }

  #tenant(koa: Context, resolution: TenantResolution, facts: ClientFacts, requestId: string): Promise<void> {
    const { states, clock, runner, attribution, errors } = this.parts;
    const { platform, surface, kind, scope, path } = resolution;
    const snapshot = scope === 'global' ? states.coreSnapshot : states.snapshotOf(platform.id);
    const theme = kind === 'page' ? THEME_FILE.exec(path) : null;
    if (theme) return this.#theme(koa, resolution, theme[1] as string);
    const found = snapshot.find(surface, kind, scope, koa.method, path);
    if (!found) throw webhookOfModuleOff(states, resolution, koa.method) ?? new NotFound({});
    if ('allowed' in found) return this.#otherMethod(koa, found.allowed);
    const ctx = makeRequestContext({
      resolution,
      snapshot,
      requestId,
      actor: ANONYMOUS,
      now: clock.now(),
      language: applyLanguage(koa, resolution),
      request: {
        ip: facts.ip,
        userAgent: koa.get('User-Agent'),
        secure: facts.secure,
        path: koa.path,
        bearer: koa.get('Authorization').startsWith('Bearer '),
      },
    });
    const { plugin } = (found as RouteMatch).mounted;
    // Told from inside: there it is still known whose failure it is.
    return attribution.run({ plugin, platform: platform.code, requestId }, () =>
      runner
        .run(koa, ctx, found)
        .catch((error: unknown) => errors.send(koa, error, { requestId, resolution })),
    );
  }

  async #theme(koa: Context, { platform, store }: TenantResolution, hash: string): Promise<void> {
    const { theme } = store ?? platform;
    // Pages may be older than a change of theme: whoever asks for the old sheet gets today's, but does not keep it.
    sendRaw(koa, {
      type: 'raw',
      status: 200,
      body: theme.css,
      headers: {
        'Content-Type': 'text/css; charset=utf-8',
        'Cache-Control': hash === theme.hash ? 'public, max-age=31536000, immutable' : 'no-cache',
      },
    });
  }

  async #otherMethod(koa: Context, allowed: readonly string[]): Promise<void> {
    koa.set('Allow', [...allowed, 'OPTIONS'].join(', '));
    if (koa.method !== 'OPTIONS') throw new MethodNotAllowed({ allowed });
    koa.status = 204;
  }
}

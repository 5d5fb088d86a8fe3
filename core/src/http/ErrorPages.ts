import type { Context } from 'koa';
import type { Logger } from 'pino';
import { TotpSetUpRequired } from '../errors/common.js';
import { DomainError } from '../errors/defineError.js';
import { errorIn, fieldsIn } from '../errors/saying.js';
import type { Translator } from '../i18n/Translator.js';
import { frameTheme } from './frameTheme.js';
import { currentAttribute, type Attribution } from '../kernel/Attribution.js';
import type { Clock } from '../kernel/clock.js';
import type { Language, PlatformRecord, StoreRecord } from '../kernel/context.js';
import type { ModuleStates } from '../modules/enablement/ModuleStates.js';
import type { PageFrame } from '../render/PageFrame.js';
import type { Renderer } from '../render/Renderer.js';
import type { Resolution, TenantResolution } from '../tenancy/address/resolution.js';
import { GLOBAL_PLATFORM } from '../tenancy/globalPlatform.js';
import { makeLinks } from '../tenancy/links.js';
import { impersonationOf } from './Frames.js';
import { explainError } from './explainError.js';
import { PLAIN_LINKS, plainFrame } from './plainFrame.js';
import { schemeOf } from './preferences.js';
import { problemOf, titleOf, type ProblemDocument } from './problem.js';
import { ANONYMOUS, makeRequestContext } from './RequestContext.js';
import { applyLanguage } from './requestLanguage.js';
import { sendHtml } from './respond.js';
import type { SignIns } from './SignIns.js';

export interface FailedRequest {
  readonly requestId: string;
  /** Undefined where not even the address could be read. */
  readonly resolution: Resolution | undefined;
}

/** Tells people and programmes what went wrong: a page, a problem document, or the way to sign in. */
export class ErrorPages {
  constructor(
    private readonly deps: {
      readonly renderer: Renderer;
      readonly translator: Translator;
      readonly states: ModuleStates;
      readonly attribution: Attribution;
      readonly logger: Logger;
      readonly development: boolean;
      readonly signIns: SignIns;
      readonly clock: Clock;
    },
  ) {}

  async send(koa: Context, error: unknown, failed: FailedRequest): Promise<void> {
    const problem = problemOf(error, failed.requestId);
    this.#record(koa, error, problem, failed);
    if (error instanceof DomainError && error.retryAfterSeconds !== undefined)
      koa.set('Retry-After', String(Math.ceil(error.retryAfterSeconds)));
    // An unread body would be taken for the next request of this connection.
    if (!koa.req.complete && problem.status === 413) koa.set('Connection', 'close');
    if (wantsProblem(failed.resolution)) return sendProblem(koa, problem);
    const resolution = failed.resolution;
    if (problem.status === 401 && resolution?.type === 'tenant') return toSignIn(koa, resolution);
    if (error instanceof TotpSetUpRequired && resolution?.type === 'tenant')
      return toPage(koa, resolution, '/profile/security');
    try {
      await this.#page(koa, error, problem, failed);
    } catch (second) {
      this.deps.logger.error({ err: second, requestId: failed.requestId }, 'the error page itself failed');
      koa.status = problem.status;
      koa.type = 'text/plain; charset=utf-8';
      koa.body = `${problem.title}: ${problem.detail}\n${problem.requestId}\n`;
    }
  }

  async #page(
    koa: Context,
    error: unknown,
    problem: ProblemDocument,
    { requestId, resolution }: FailedRequest,
  ): Promise<void> {
    const { platform, store } = tenantOf(resolution);
    const language =
      resolution?.type === 'tenant' ? applyLanguage(koa, resolution) : platform.defaultLanguage;
    const plain = this.#frame(resolution, platform, store, language);
    const impersonation =
      resolution?.type === 'tenant' && problem.status !== 503
        ? await this.#impersonation(koa, { resolution, requestId, language, words: plain.words })
        : null;
    const frame = { ...plain, scheme: schemeOf(koa), impersonation };
    const unexpected = problem.status === 500 && this.deps.development;
    const key = `core.error.${problem.status}.title`;
    const data = {
      status: problem.status,
      title: frame.words.has(key) ? frame.words.text(key) : titleOf(problem.status),
      detail: this.#detail(error, problem, frame),
      requestId: problem.requestId,
      errors: fieldsIn(frame.words, problem.errors ?? []),
      homeHref: frame.homeHref,
      storeName: store?.name ?? null,
      ...(unexpected
        ? explainError(error, {
            platform: platform.code,
            store: store?.code ?? null,
            plugin: currentAttribute()?.plugin ?? null,
            method: koa.method,
            path: koa.url,
            requestId: problem.requestId,
          })
        : {}),
    };
    const template =
      resolution?.type === 'suspended'
        ? 'core/suspended'
        : unexpected
          ? 'core/error-development'
          : 'core/error';
    koa.set('X-Robots-Tag', 'noindex');
    sendHtml(koa, this.deps.renderer.render(template, { frame, data }), {
      status: problem.status,
      cacheControl: 'no-store',
    });
  }

  /** Who acts as a member is told so here too; what fails while asking must not hide the error itself. */
  async #impersonation(
    koa: Context,
    of: {
      readonly resolution: TenantResolution;
      readonly requestId: string;
      readonly language: Language;
      readonly words: PageFrame['words'];
    },
  ): Promise<NonNullable<PageFrame['impersonation']> | null> {
    const { resolution, requestId, language, words } = of;
    if (resolution.surface !== 'store' || !resolution.store) return null;
    const { signIns, states, clock, logger } = this.deps;
    const anonymous = makeRequestContext({
      resolution,
      snapshot: states.snapshotOf(resolution.platform.id),
      requestId,
      actor: ANONYMOUS,
      now: clock.now(),
      language,
      request: {
        ip: '',
        userAgent: '',
        secure: resolution.base.secure,
        path: koa.path,
        bearer: false,
      },
    });
    const credential = signIns.credentialOf(koa, anonymous);
    if (credential === undefined) return null;
    try {
      return impersonationOf((await signIns.identify(anonymous, credential)).ctx, words);
    } catch (failure) {
      logger.warn({ err: failure, requestId }, 'who asked for the page that failed is not known');
      return null;
    }
  }

  /** Where an error has no words in the language, the general sentence for its status is clearer than English. */
  #detail(error: unknown, problem: ProblemDocument, { language, words }: PageFrame): string {
    const key = `core.error.${problem.status}.text`;
    if (words.has(key) && problem.status === 404) return words.text(key);
    const isTold = error instanceof DomainError && problem.code === error.code;
    const said = isTold ? errorIn(words, error) : problem.detail;
    return language !== 'en' && said === problem.detail && words.has(key) ? words.text(key) : said;
  }

  #frame(
    resolution: Resolution | undefined,
    platform: PlatformRecord,
    store: StoreRecord | null,
    language: Language,
  ): PageFrame {
    const surface =
      resolution?.type === 'tenant' && resolution.surface !== 'webhook'
        ? resolution.surface
        : store
          ? 'storefront'
          : 'platform';
    const base =
      resolution?.type === 'tenant' || resolution?.type === 'suspended' ? resolution.base : undefined;
    const links = base ? makeLinks({ platform, store, surface, base }, language) : PLAIN_LINKS;
    const { theme } = store ?? platform;
    return plainFrame({
      surface,
      language,
      links,
      words: this.deps.translator.words(language, platform.defaultLanguage),
      snapshot: this.deps.states.snapshotOf(platform.id),
      siteName: (store ?? platform).name,
      homeHref: base ? links.to(surface, '/') : '/',
      theme:
        base && surface !== 'admin' && surface !== 'store'
          ? frameTheme(theme, (path) =>
              links.to(store ? 'storefront' : 'platform', path, (store ?? platform).defaultLanguage),
            )
          : null,
    });
  }

  #record(
    koa: Context,
    error: unknown,
    problem: ProblemDocument,
    { requestId, resolution }: FailedRequest,
  ): void {
    if (problem.status < 500 || problem.status === 503) return;
    const attribute = currentAttribute();
    const platform = tenantOf(resolution).platform.code;
    this.deps.attribution.failed(attribute?.plugin ?? 'core', platform);
    this.deps.logger.error(
      { err: error, requestId, method: koa.method, path: koa.path, plugin: attribute?.plugin, platform },
      'a request failed',
    );
  }
}

function wantsProblem(resolution: Resolution | undefined): boolean {
  if (!resolution) return false;
  if (resolution.type === 'tenant') return resolution.kind === 'api' || resolution.surface === 'webhook';
  return (resolution.type === 'refused' || resolution.type === 'suspended') && resolution.kind === 'api';
}

function sendProblem(koa: Context, problem: ProblemDocument): void {
  koa.status = problem.status;
  koa.set('Content-Type', 'application/problem+json; charset=utf-8');
  koa.set('Cache-Control', 'no-store');
  if (problem.status === 401) koa.set('WWW-Authenticate', 'Bearer');
  koa.body = JSON.stringify(problem);
}

function toSignIn(koa: Context, resolution: TenantResolution): void {
  const path = resolution.surface === 'storefront' ? '/storefront/account/login' : '/login';
  toPage(koa, resolution, path, koa.method === 'GET' ? `?next=${encodeURIComponent(koa.url)}` : '');
}

function toPage(koa: Context, resolution: TenantResolution, path: string, query = ''): void {
  const { platform, store, surface, base } = resolution;
  const links = makeLinks({ platform, store, surface, base }, applyLanguage(koa, resolution));
  koa.status = 303;
  koa.set('Location', `${links.to(surface === 'webhook' ? 'platform' : surface, path)}${query}`);
  koa.set('Cache-Control', 'no-store');
  koa.body = '';
}

function tenantOf(resolution: Resolution | undefined): {
  platform: PlatformRecord;
  store: StoreRecord | null;
} {
  if (resolution?.type === 'tenant' || resolution?.type === 'suspended')
    return { platform: resolution.platform, store: resolution.store };
  return {
    platform: (resolution?.type === 'refused' ? resolution.platform : null) ?? GLOBAL_PLATFORM,
    store: null,
  };
}

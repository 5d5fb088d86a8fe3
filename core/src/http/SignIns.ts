import type { Context } from 'koa';
import { NotFound } from '../errors/common.js';
import { defineError, type DomainError } from '../errors/defineError.js';
import { audienceOf, type Audience } from '../identity/audience.js';
import { cookieName } from '../identity/cookies.js';
import type { Identity } from '../identity/Identity.js';
import type { Directory } from '../tenancy/Directory.js';
import { isLanguage } from './languages.js';
import { makeRequestContext, type RequestContext } from './RequestContext.js';

const ForeignStore = defineError({
  code: 'CROSS_STORE',
  status: 403,
  message: 'This address belongs to another of your stores. Call it at that store’s own address.',
});

export interface Identified {
  readonly ctx: RequestContext;
  /** Set when somebody is signed in who has no business here. */
  readonly refused: DomainError | null;
}

/** Finds out who makes a request: by the session cookie of the surface, or by a bearer token. */
export class SignIns {
  constructor(private readonly deps: { readonly identity: Identity; readonly tenants: Directory }) {}

  /** The token that a request brings for its surface, if any; a bearer token wins over a cookie. */
  credentialOf(koa: Context, ctx: RequestContext): string | undefined {
    const audience = audienceOf(ctx.surface);
    if (audience === null) return undefined;
    return bearerOf(koa, ctx) ?? koa.cookies.get(cookieName(audience, ctx.request.secure));
  }

  async identify(ctx: RequestContext, token: string): Promise<Identified> {
    const audience = audienceOf(ctx.surface) as Audience;
    const { actor, refused, language } = await this.#ask(ctx, token, audience, ctx.store);
    // Dashboards follow the person's preference; public pages say their language in the address.
    const preferred = audience === 'customer' ? null : language;
    return {
      ctx: makeRequestContext({ ...ctx, actor, language: isLanguage(preferred) ? preferred : ctx.language }),
      refused,
    };
  }

  /** A storefront address that names another store does not exist; staff of that store learn that it is theirs. */
  async refuseForeignStore(koa: Context, ctx: RequestContext): Promise<void> {
    const { foreignStoreId, platform } = ctx.resolution;
    if (foreignStoreId === null) return;
    const token = bearerOf(koa, ctx);
    const store = token === undefined ? null : await this.deps.tenants.storeById(platform, foreignStoreId);
    if (store && token !== undefined && (await this.#ask(ctx, token, 'store', store)).actor.kind === 'user')
      throw new ForeignStore();
    throw new NotFound({ what: 'This store' });
  }

  #ask(
    ctx: RequestContext,
    token: string,
    audience: Audience,
    store: RequestContext['store'],
  ): ReturnType<Identity['identify']> {
    return this.deps.identity.identify({
      token,
      audience,
      platform: ctx.platform,
      store,
      declared: ctx.snapshot.permissions,
      now: ctx.now,
    });
  }
}

const bearerOf = (koa: Context, ctx: RequestContext): string | undefined =>
  ctx.request.bearer ? koa.get('Authorization').slice('Bearer '.length).trim() : undefined;

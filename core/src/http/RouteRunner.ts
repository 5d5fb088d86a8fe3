import type { Context } from 'koa';
import {
  InvalidInput,
  NotFound,
  NotSignedIn,
  PermissionDenied,
  TotpSetUpRequired,
} from '../errors/common.js';
import type { DomainError } from '../errors/defineError.js';
import { sayFields, speakIn } from '../errors/saying.js';
import type { Translator } from '../i18n/Translator.js';
import type { Actor, PermissionSet } from '../kernel/context.js';
import type { RouteDefinition, UploadOption } from '../kernel/route.js';
import type { RouteMatch } from '../kernel/snapshot/RouteTable.js';
import type { Entitlements } from '../modules/entitlements/Entitlements.js';
import type { MenuSettings } from '../modules/menu/MenuSettings.js';
import { isVisible } from '../modules/menu/visibleMenu.js';
import { originOf } from '../tenancy/address/roots.js';
import type { FlashCookie } from './flash/FlashCookie.js';
import type { Idempotent } from './Idempotent.js';
import type { MadePage, PublishedPages } from './PublishedPages.js';
import { checkInput, readRawInput } from './readInput.js';
import type { RequestContext } from './RequestContext.js';
import { refuseCrossOrigin } from './sameOrigin.js';
import type { Identified, SignIns } from './SignIns.js';
import type { Views } from './Views.js';
import { sendFile } from './sendFile.js';
import { fingerprint, orInvalid } from './uploads/refusedUpload.js';
import { receiveUpload } from './uploads/receiveUpload.js';
import { isTagged, sendJson, sendRaw, sendRedirect } from './respond.js';

export interface RouteRunnerParts {
  readonly translator: Translator;
  readonly signIns: SignIns;
  readonly entitlements: Entitlements;
  readonly menus: MenuSettings;
  readonly views: Views;
  readonly flashes: FlashCookie;
  readonly pages: PublishedPages;
  readonly idempotent: Idempotent;
}

const NO_FEATURES: ReadonlySet<string> = new Set();

/** Runs a matched route: who, whether they may, with what, and sends the answer. */
export class RouteRunner {
  constructor(private readonly parts: RouteRunnerParts) {}

  async run(koa: Context, anonymous: RequestContext, match: RouteMatch): Promise<void> {
    const { route } = match.mounted;
    if (route.cache === 'tenant' && route.method === 'GET' && koa.querystring === '') {
      return this.parts.pages.serve(koa, anonymous, () => this.#page(koa, anonymous, match));
    }
    const { ctx, refused } = await this.#identify(koa, anonymous, route);
    await this.parts.signIns.refuseForeignStore(koa, ctx);
    await this.#authorise(ctx, refused, route);
    if (route.upload) return this.#upload(koa, ctx, match, route.upload);
    const raw = await readRawInput(koa.req, koa.querystring, route);
    const perform = (): Promise<unknown> => this.#handle(ctx, match, raw.values);
    const answer = route.idempotent
      ? await this.parts.idempotent.around(koa, ctx, route, raw.body, perform)
      : await perform();
    await this.#send(koa, ctx, route, answer);
  }

  /** The kind with files: they are on disk while the handler runs, and gone when it has answered. */
  async #upload(
    koa: Context,
    ctx: RequestContext,
    match: RouteMatch,
    { maxBytes, maxFiles }: UploadOption,
  ): Promise<void> {
    const { route } = match.mounted;
    const limits = { maxFiles, maxBytes: typeof maxBytes === 'number' ? maxBytes : maxBytes(ctx) };
    const received = await this.#speaking(ctx, route, () =>
      orInvalid(koa, ctx, route, () => receiveUpload(koa.req, limits)),
    );
    if (isTagged(received)) return this.#send(koa, ctx, route, received);
    try {
      const perform = (): Promise<unknown> =>
        this.#handle({ ...ctx, uploads: received.files }, match, received.values);
      const answer = route.idempotent
        ? await this.parts.idempotent.around(koa, ctx, route, fingerprint(received), perform)
        : await perform();
      await this.#send(koa, ctx, route, answer);
    } finally {
      await received.discard();
    }
  }

  /** The cached kind: nobody is signed in, nothing but the tenant, the path and the language counts. */
  async #page(koa: Context, ctx: RequestContext, match: RouteMatch): Promise<MadePage | undefined> {
    const answer = await this.#handle(ctx, match, {});
    if (isTagged(answer) && answer.type === 'view' && (answer.status ?? 200) === 200) {
      if (answer.sources)
        throw new TypeError(
          `'${answer.template}' is kept in memory without its headers: drop 'cache' or 'sources'`,
        );
      return {
        html: await this.parts.views.render(ctx, answer, match.mounted.route),
        expiresAt: answer.expiresAt,
      };
    }
    await this.#send(koa, ctx, match.mounted.route, answer);
    return undefined;
  }

  async #handle(
    ctx: RequestContext,
    match: RouteMatch,
    values: Readonly<Record<string, unknown>>,
  ): Promise<unknown> {
    const { route } = match.mounted;
    return this.#speaking(ctx, route, () => this.#handleInput(ctx, match, values));
  }

  /** Pages refuse in the person's language; an API in English, whoever asks. */
  #speaking<Answer>(ctx: RequestContext, { kind }: RouteDefinition, work: () => Answer): Answer {
    if (kind === 'api') return work();
    return speakIn(this.parts.translator.words(ctx.language, ctx.platform.defaultLanguage), work);
  }

  async #handleInput(
    ctx: RequestContext,
    match: RouteMatch,
    values: Readonly<Record<string, unknown>>,
  ): Promise<unknown> {
    const { route } = match.mounted;
    let input: unknown;
    try {
      input = checkInput(route, match.params, values);
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      // Where the address itself is unfit there is nothing to correct, whatever else is wrong: it does not exist.
      if (error.errors?.some(({ path }) => Object.hasOwn(match.params, path) && !Object.hasOwn(values, path)))
        throw new NotFound({});
      if (route.invalid) return route.invalid(ctx, { ...values, ...match.params }, sayFields(error));
      throw error;
    }
    return route.handle(ctx, input as never);
  }

  async #identify(koa: Context, ctx: RequestContext, route: RouteDefinition): Promise<Identified> {
    const { signIns } = this.parts;
    if (route.surface === 'webhook') return { ctx, refused: null };
    const credential = signIns.credentialOf(koa, ctx);
    if (!ctx.request.bearer) {
      refuseCrossOrigin({
        method: koa.method,
        headers: koa.req.headers,
        ownOrigin: originOf(ctx.resolution.base, ctx.resolution.base.host),
        hasCookie: credential !== undefined,
      });
    }
    return credential === undefined ? { ctx, refused: null } : signIns.identify(ctx, credential);
  }

  async #authorise(ctx: RequestContext, refused: DomainError | null, route: RouteDefinition): Promise<void> {
    if (
      ctx.actor.kind === 'user' &&
      ctx.actor.mustSetUpTotp &&
      route.access !== 'public' &&
      !route.beforeTotp
    )
      throw new TotpSetUpRequired();
    // What a person does not see is not there for them; what they see and may not do is refused.
    if (route.menu && ctx.actor.kind === 'user') {
      const item = ctx.snapshot.menu.find(
        ({ code, surface }) => code === route.menu && surface === route.surface,
      );
      const features =
        item?.feature === undefined ? NO_FEATURES : await this.parts.entitlements.features(ctx);
      const viewer = {
        permissions: ctx.actor.permissions,
        hasFeature: (feature: string) => features.has(feature),
        platformMenu: await this.parts.menus.ofPlatform(ctx),
      };
      if (item && !isVisible(item, viewer)) throw new NotFound({});
    }
    if (!mayCall(ctx.actor, route)) {
      if (ctx.actor.kind === 'anonymous') throw refused ?? new NotSignedIn();
      throw new PermissionDenied({ permission: route.access });
    }
    if (route.feature && route.kind === 'api') await this.parts.entitlements.require(ctx, route.feature);
  }

  async #send(koa: Context, ctx: RequestContext, route: RouteDefinition, answer: unknown): Promise<void> {
    if (!isTagged(answer)) return sendJson(koa, answer, route.status);
    if (answer.type === 'redirect') return sendRedirect(koa, this.parts.flashes.put(ctx, answer));
    if (answer.type === 'raw') return sendRaw(koa, answer);
    if (answer.type === 'file') return sendFile(koa, answer);
    return this.parts.views.send(koa, ctx, answer, route);
  }
}

function mayCall(actor: Actor, { access }: RouteDefinition): boolean {
  if (access === 'public') return true;
  if (access === 'signed-in') return actor.kind === 'user' || actor.kind === 'customer';
  if (access === 'customer') return actor.kind === 'customer';
  return actor.kind === 'user' && (actor.permissions as PermissionSet).has(access);
}

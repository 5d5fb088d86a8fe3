import type { Context } from 'koa';
import type { RouteDefinition, View } from '../kernel/route.js';
import type { Renderer } from '../render/Renderer.js';
import type { FlashCookie } from './flash/FlashCookie.js';
import type { Frames } from './Frames.js';
import { schemeOf, type Visit } from './preferences.js';
import type { RequestContext } from './RequestContext.js';
import { sendHtml } from './respond.js';
import { contentSecurityPolicy } from './securityHeaders.js';

/** Turns views into pages. */
export class Views {
  constructor(
    private readonly deps: {
      readonly renderer: Renderer;
      readonly frames: Frames;
      readonly flashes: FlashCookie;
    },
  ) {}

  /** @param visit what the browser brought; left out for pages that are the same for everybody */
  async render(ctx: RequestContext, view: View, route?: RouteDefinition, visit?: Visit): Promise<string> {
    const shownAs = (view.as ?? ctx) as RequestContext;
    const frame = await this.deps.frames.frameFor(shownAs, view.as ? undefined : route?.menu, visit);
    return this.deps.renderer.render(view.template, {
      frame: view.as ? { ...frame, isPreview: true } : frame,
      data: view.data,
    });
  }

  /** Answers with a page that is for this person only. */
  async send(koa: Context, ctx: RequestContext, view: View, route?: RouteDefinition): Promise<void> {
    const html = await this.render(ctx, view, route, {
      scheme: schemeOf(koa),
      flash: this.deps.flashes.take(koa, ctx),
      address: koa.method === 'GET' ? koa.url : null,
    });
    for (const [name, value] of Object.entries(view.headers ?? {})) koa.set(name, value);
    if (view.sources) koa.set('Content-Security-Policy', contentSecurityPolicy(view.sources));
    sendHtml(koa, html, {
      status: view.status ?? 200,
      cacheControl: view.headers?.['Cache-Control'] ?? 'private, no-cache',
    });
  }
}

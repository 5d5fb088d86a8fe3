import type { RequestContext } from '../../../http/RequestContext.js';
import type { Signatures } from '../../../identity/Signatures.js';
import type { RouteContext } from '../../../kernel/route.js';
import { previewSite } from './previewSite.js';
import { previewToken } from './previewToken.js';
import { deskHref, PLATFORM_BRANDING, STORE_THEME } from './ThemeDesk.js';

/** Lets editors in the dashboards show what they edit as a page of the public site, on their own origin. */
export class SitePreviews {
  constructor(private readonly signatures: Signatures) {}

  /**
   * A visitor of the site that the context's dashboard is about: `view(…)` with `as: previews.visitor(ctx, path)` is
   * drawn as a page of it, in a frame's place. Its style sheet, pictures and links are served below the dashboard.
   *
   * @param path on the site, with its language in front where it is not the default one
   */
  visitor(ctx: RouteContext, path: string): RouteContext {
    const desk = ctx.store ? STORE_THEME : PLATFORM_BRANDING;
    const root = deskHref(ctx, desk, `/preview/${previewToken(this.signatures, ctx, 'live')}`);
    return previewSite(ctx as RequestContext, { desk, root, path });
  }
}

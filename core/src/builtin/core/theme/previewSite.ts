import type { Language, LinkBuilder, ThemeRecord } from '../../../kernel/context.js';
import { ANONYMOUS, type RequestContext } from '../../../http/RequestContext.js';
import type { ThemeDesk } from './ThemeDesk.js';

export interface PreviewPlace {
  readonly desk: ThemeDesk;
  /** Address below which the site is previewed. */
  readonly root: string;
  /** Path on the site, with its language in front where it has one. */
  readonly path: string;
  /** The look instead of the live one. */
  readonly look?: ThemeRecord | undefined;
}

/**
 * The context of a visitor of the site, perhaps in another theme: its links stay below the preview's root, which is on the
 * editor's own origin, whatever host the site itself is on.
 */
export function previewSite(ctx: RequestContext, place: PreviewPlace): RequestContext {
  const { desk, root } = place;
  const owner = ctx.store ?? ctx.platform;
  const { look = owner.theme } = place;
  const { language, path } = languageOf(place.path, owner.languages, owner.defaultLanguage);
  return {
    ...ctx,
    surface: desk.site,
    language,
    actor: ANONYMOUS,
    platform: ctx.store ? ctx.platform : { ...ctx.platform, theme: look },
    store: ctx.store && { ...ctx.store, theme: look },
    links: new PreviewLinks(ctx.links, desk.site, root, owner.defaultLanguage, language),
    resolution: { ...ctx.resolution, surface: desk.site, kind: 'page', scope: 'platform', path, language },
  };
}

function languageOf(
  path: string,
  languages: readonly Language[],
  plain: Language,
): { readonly language: Language; readonly path: string } {
  const [, first = ''] = path.split('/', 2);
  const language = languages.find((one) => one === first && one !== plain);
  if (language === undefined) return { language: plain, path };
  const rest = path.slice(first.length + 1);
  return { language, path: rest === '' ? '/' : rest };
}

class PreviewLinks implements LinkBuilder {
  constructor(
    private readonly links: LinkBuilder,
    private readonly site: ThemeDesk['site'],
    private readonly root: string,
    private readonly plain: Language,
    private readonly language: Language,
  ) {}

  to(surface: Parameters<LinkBuilder['to']>[0], path: string, language = this.language): string {
    if (surface !== this.site) return this.links.to(surface, path, language);
    return this.root + (language === this.plain || isFile(path) ? path : `/${language}${path}`);
  }

  api(path: string): string {
    return this.links.api(path);
  }

  canonical(path: string, language = this.language): string {
    return this.links.canonical(path, language);
  }
}

const isFile = (path: string): boolean => path.startsWith('/media/') || /^\/[^/?#]*\./.test(path);

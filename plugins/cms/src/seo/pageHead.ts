import type { Language, TenantContext } from '@wizamart/core';
import { pathOf } from '../services/PageMenu.js';
import type { PublicPage } from '../types.js';
import { addressLanguage, offeredLanguages } from './addressLanguage.js';
import { structuredData } from './structuredData.js';

/** What `{{page …}}` says about a page. */
export interface PublicHead {
  readonly documentTitle: string;
  readonly description: string | null;
  readonly robots: string | null;
  readonly canonical: string;
  readonly alternates: readonly { readonly language: Language | 'x-default'; readonly href: string }[];
  readonly social: {
    readonly title: string | null;
    readonly description: string | null;
    readonly image: string | null;
  };
  readonly structuredData: readonly object[];
}

/** @param image absolute address of the picture of a shared link; null for none */
export function pageHead(ctx: TenantContext, page: PublicPage, image: string | null): PublicHead {
  const { seo } = page;
  const path = pathOf(page.slug);
  const language = addressLanguage(ctx.store ?? ctx.platform, page.languages, page.language);
  const canonical = ctx.links.canonical(seo.canonical ?? path, language);
  const description = seo.description ?? (page.description === '' ? null : page.description);
  return {
    documentTitle: seo.title ?? page.title,
    description,
    robots: robotsOf(page),
    canonical,
    alternates: alternatesOf(ctx, page, path),
    social: { title: seo.ogTitle ?? null, description: seo.ogDescription ?? null, image },
    structuredData: structuredData(ctx, page, { address: canonical, description, image }),
  };
}

function robotsOf({ seo: { robots, follow } }: PublicPage): string | null {
  const words = [robots === 'noindex' ? robots : '', follow === 'nofollow' ? follow : ''].filter(Boolean);
  return words.length === 0 ? null : words.join(', ');
}

/** The languages the page exists in, where search engines may show it in more than one. */
function alternatesOf(ctx: TenantContext, page: PublicPage, path: string): PublicHead['alternates'] {
  const site = ctx.store ?? ctx.platform;
  const offered = offeredLanguages(site, page.languages);
  if (offered.length < 2 || page.seo.robots === 'noindex' || page.seo.canonical !== undefined) return [];
  const links = offered.map((language) => ({ language, href: ctx.links.canonical(path, language) }));
  const main = addressLanguage(site, page.languages, site.defaultLanguage);
  return [...links, { language: 'x-default', href: ctx.links.canonical(path, main) }];
}

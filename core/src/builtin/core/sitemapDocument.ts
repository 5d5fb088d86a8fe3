import type { Language, LinkBuilder } from '../../kernel/context.js';
import type { SitemapEntry } from '../../kernel/plugin.js';

/** The protocol's own bound for one file. */
export const MAX_SITEMAP_URLS = 50_000;

const XML = '<?xml version="1.0" encoding="UTF-8"?>';
const PROTOCOL = 'http://www.sitemaps.org/schemas/sitemap/0.9';

/**
 * sitemap.xml of a site, one address per page and language.
 *
 * @param part counts from 1; asked for, it is that part of the addresses, else all of them or the index of the parts
 * @returns undefined where there is no such part
 */
export function sitemapDocument(
  links: LinkBuilder,
  entries: readonly SitemapEntry[],
  part: number | undefined,
): string | undefined {
  const urls = entries.flatMap((entry) => entry.languages.map((language) => ({ entry, language })));
  const parts = Math.max(1, Math.ceil(urls.length / MAX_SITEMAP_URLS));
  if (part === undefined && parts > 1) return indexOf(links, parts);
  if (part !== undefined && part > parts) return undefined;
  const first = ((part ?? 1) - 1) * MAX_SITEMAP_URLS;
  const elements = urls
    .slice(first, first + MAX_SITEMAP_URLS)
    .map(({ entry, language }) => urlElement(links, entry, language));
  return `${XML}\n<urlset xmlns="${PROTOCOL}" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n${elements.join('\n')}\n</urlset>\n`;
}

function indexOf(links: LinkBuilder, parts: number): string {
  const elements = Array.from(
    { length: parts },
    (_, index) =>
      `<sitemap><loc>${escapeXml(links.canonical(`/sitemap.xml?part=${index + 1}`))}</loc></sitemap>`,
  );
  return `${XML}\n<sitemapindex xmlns="${PROTOCOL}">\n${elements.join('\n')}\n</sitemapindex>\n`;
}

function urlElement(
  links: LinkBuilder,
  { path, updatedAt, languages }: SitemapEntry,
  language: Language,
): string {
  const alternates =
    languages.length < 2
      ? ''
      : languages
          .map(
            (other) =>
              `<xhtml:link rel="alternate" hreflang="${other}" href="${escapeXml(links.canonical(path, other))}"/>`,
          )
          .join('');
  return `<url><loc>${escapeXml(links.canonical(path, language))}</loc>${updatedAt ? `<lastmod>${updatedAt.toISOString()}</lastmod>` : ''}${alternates}</url>`;
}

const escapeXml = (text: string): string =>
  text.replace(/[<>&'"]/g, (character) => `&#${character.charCodeAt(0)};`);

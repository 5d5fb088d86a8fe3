import assert from 'node:assert/strict';
import type { LinkBuilder } from '../../kernel/context.js';
import { MAX_SITEMAP_URLS, sitemapDocument } from './sitemapDocument.js';

const links: LinkBuilder = {
  to: (_, path) => path,
  api: (path) => path,
  canonical: (path, language) => `https://acme.lu${language === 'fr' ? '/fr' : ''}${path}`,
};
const pages = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    path: `/p${index}`,
    updatedAt: null,
    languages: ['en'] as const,
  }));
const count = (text: string | undefined, what: string): number => text?.split(what).length ?? 0;

describe('the document sitemap.xml [module:core] [surface:storefront]', () => {
  it('names each page in each of its languages, with the others beside it', () => {
    const xml =
      sitemapDocument(
        links,
        [{ path: "/a&b'", updatedAt: new Date('2026-03-02T08:00:00Z'), languages: ['en', 'fr'] }],
        undefined,
      ) ?? '';
    assert.match(
      xml,
      /<loc>https:\/\/acme\.lu\/a&#38;b&#39;<\/loc><lastmod>2026-03-02T08:00:00\.000Z<\/lastmod><xhtml:link rel="alternate" hreflang="en"/,
    );
    assert.equal(count(xml, '<url>') - 1, 2);
    assert.equal(count(xml, 'hreflang="fr" href="https://acme.lu/fr/a') - 1, 2);
  });

  it('is an index of parts where one file would hold too much', () => {
    const entries = pages(MAX_SITEMAP_URLS + 1);
    const index = sitemapDocument(links, entries, undefined) ?? '';
    assert.match(index, /<sitemapindex/);
    assert.deepEqual(index.match(/part=\d/g), ['part=1', 'part=2']);
    assert.equal(count(sitemapDocument(links, entries, 1), '<url>') - 1, MAX_SITEMAP_URLS);
    assert.deepEqual(sitemapDocument(links, entries, 2)?.match(/<loc>[^<]*/g), [
      `<loc>https://acme.lu/p${MAX_SITEMAP_URLS}`,
    ]);
    assert.equal(sitemapDocument(links, entries, 3), undefined);
  });

  it('is one file up to the bound, and empty for a site without pages', () => {
    assert.match(sitemapDocument(links, pages(MAX_SITEMAP_URLS), undefined) ?? '', /<urlset/);
    assert.equal(count(sitemapDocument(links, [], undefined), '<url>') - 1, 0);
  });
});

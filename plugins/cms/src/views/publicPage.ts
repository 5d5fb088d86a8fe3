import type { PublicPage } from '../types.js';

/** What the templates `landing` and `article` need of a page. @param blocks its body with the pictures to draw */
export function publicPageView(page: PublicPage, blocks: readonly object[]): Readonly<Record<string, unknown>> {
  return {
    title: page.title,
    documentTitle: page.seo.title ?? page.title,
    description: page.seo.description ?? (page.description === '' ? null : page.description),
    robots: page.seo.robots === 'noindex' ? 'noindex' : null,
    language: page.language,
    // A hero is the page's main heading; a second one would confuse who listens to the page.
    hasOwnHeading: page.body.some(({ type }) => type === 'hero'),
    blocks,
  };
}

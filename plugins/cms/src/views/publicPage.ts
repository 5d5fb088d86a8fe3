import type { PublicHead } from '../seo/pageHead.js';
import type { PublicPage } from '../types.js';

/** What the templates `landing` and `article` need of a page. @param blocks its body with what is to be drawn */
export function publicPageView(
  page: PublicPage,
  head: PublicHead,
  blocks: readonly object[],
): Readonly<Record<string, unknown>> {
  return {
    documentTitle: head.documentTitle,
    description: head.description,
    robots: head.robots,
    canonical: head.canonical,
    alternates: head.alternates,
    social: head.social,
    structuredData: head.structuredData,
    title: page.title,
    language: page.language,
    // A hero is the page's main heading; a second one would confuse who listens to the page.
    hasOwnHeading: page.body.some(({ type }) => type === 'hero'),
    blocks,
  };
}

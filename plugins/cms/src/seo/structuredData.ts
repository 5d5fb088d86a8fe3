import type { TenantContext } from '@wizamart/core';
import type { Block } from '../blocks/schemas.js';
import type { PublicPage } from '../types.js';

interface PageFacts {
  readonly address: string;
  readonly description: string | null;
  readonly image: string | null;
}
type Thing = Readonly<Record<string, unknown>>;
type BlockOf<Type extends Block['type']> = Extract<Block, { type: Type }>;

const SCHEMA = 'https://schema.org';
const PAGE_TYPES: Readonly<Record<string, string>> = { about: 'AboutPage', contact: 'ContactPage' };

/**
 * What a page is about, in the words of schema.org.
 *
 * Built from checked fields only: who runs the site, the page, the way to it, and its questions and answers. What is
 * undefined is left out when it is written as JSON.
 */
export function structuredData(ctx: TenantContext, page: PublicPage, facts: PageFacts): readonly Thing[] {
  const contact = blocksOf(page, 'contact')[0];
  const isHome = page.slug === 'home';
  return [
    ...(isHome || contact ? [organisation(ctx, contact)] : []),
    webPage(ctx, page, facts),
    ...(isHome ? [] : [breadcrumbs(ctx, page, facts)]),
    ...faq(page),
  ];
}

const absolute = (ctx: TenantContext, address: string): string =>
  address.startsWith('/')
    ? ctx.links.canonical(address, (ctx.store ?? ctx.platform).defaultLanguage)
    : address;

/** A store with an address is a local business, anything else an organisation. */
function organisation(ctx: TenantContext, contact: BlockOf<'contact'> | undefined): Thing {
  const { store, platform } = ctx;
  const { logo } = (store ?? platform).theme.branding;
  const home = ctx.links.canonical('/', (store ?? platform).defaultLanguage);
  return {
    '@context': SCHEMA,
    '@type': store && contact && contact.lines.length > 0 ? 'LocalBusiness' : 'Organization',
    '@id': `${home}#organization`,
    name: (store ?? platform).name,
    url: home,
    logo: logo === null ? undefined : absolute(ctx, logo),
    email: contact?.email,
    telephone: contact?.phone,
    address:
      contact && contact.lines.length > 0
        ? { '@type': 'PostalAddress', streetAddress: contact.lines.join(', ') }
        : undefined,
  };
}

function webPage(ctx: TenantContext, page: PublicPage, { address, description, image }: PageFacts): Thing {
  const site = ctx.store ?? ctx.platform;
  return {
    '@context': SCHEMA,
    '@type': PAGE_TYPES[page.slug] ?? 'WebPage',
    '@id': `${address}#page`,
    url: address,
    name: page.seo.title ?? page.title,
    description: description ?? undefined,
    inLanguage: page.language,
    datePublished: page.publishedAt.toISOString(),
    primaryImageOfPage: image === null ? undefined : { '@type': 'ImageObject', url: image },
    isPartOf: { '@type': 'WebSite', name: site.name, url: ctx.links.canonical('/', site.defaultLanguage) },
  };
}

function breadcrumbs(ctx: TenantContext, page: PublicPage, { address }: PageFacts): Thing {
  const { name } = ctx.store ?? ctx.platform;
  return {
    '@context': SCHEMA,
    '@type': 'BreadcrumbList',
    itemListElement: [
      { '@type': 'ListItem', position: 1, name, item: ctx.links.canonical('/', page.language) },
      { '@type': 'ListItem', position: 2, name: page.title, item: address },
    ],
  };
}

function faq(page: PublicPage): Thing[] {
  const questions = blocksOf(page, 'faq').flatMap(({ items }) => items);
  if (questions.length === 0) return [];
  return [
    {
      '@context': SCHEMA,
      '@type': 'FAQPage',
      mainEntity: questions.map(({ question, html }) => ({
        '@type': 'Question',
        name: question,
        acceptedAnswer: { '@type': 'Answer', text: plainText(html) },
      })),
    },
  ];
}

function blocksOf<Type extends Block['type']>(page: PublicPage, type: Type): BlockOf<Type>[] {
  return page.body.filter((block): block is BlockOf<Type> => block.type === type);
}

const ENTITIES: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' };

/** Sanitised HTML without its elements. */
const plainText = (html: string): string =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(?:lt|gt|quot|amp);/g, (entity) => ENTITIES[entity] ?? '')
    .replace(/\s+/g, ' ')
    .trim();

import type { PageRow } from './queries.js';

interface Facts {
  readonly origin: string;
  readonly address: string;
  readonly siteName: string;
  readonly language: string;
}

const SCHEMA = 'https://schema.org';

/** What search engines read of a page, in the words of schema.org. */
export function structuredData(page: PageRow, { origin, address, siteName, language }: Facts): object[] {
  const contact = page.body.find(({ type }) => type === 'contact') as
    { email: string; phone?: string; lines: string[] } | undefined;
  const home = `${origin}/`;
  return [
    ...(contact
      ? [
          {
            '@context': SCHEMA,
            '@type': 'LocalBusiness',
            '@id': `${home}#organization`,
            name: siteName,
            url: home,
            email: contact.email,
            ...(contact.phone ? { telephone: contact.phone } : {}),
            address: { '@type': 'PostalAddress', streetAddress: contact.lines.join(', ') },
          },
        ]
      : []),
    {
      '@context': SCHEMA,
      '@type': 'AboutPage',
      '@id': `${address}#page`,
      url: address,
      name: page.seo.title ?? page.title,
      description: page.seo.description ?? page.description,
      inLanguage: language,
      datePublished: page.published_at.toISOString(),
      isPartOf: { '@type': 'WebSite', name: siteName, url: home },
    },
    {
      '@context': SCHEMA,
      '@type': 'BreadcrumbList',
      itemListElement: [
        { '@type': 'ListItem', position: 1, name: siteName, item: home },
        { '@type': 'ListItem', position: 2, name: page.title, item: address },
      ],
    },
  ];
}

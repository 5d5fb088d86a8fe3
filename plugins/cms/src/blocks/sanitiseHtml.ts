import type { Attributes, IOptions } from 'sanitize-html';
import { isExternalHref, isSafeHref } from './href.js';

/** The page's own heading levels end at 2: what a text brings along is put below them. */
const RENAMED: Readonly<Record<string, string>> = {
  h1: 'h3',
  h2: 'h3',
  h5: 'h4',
  h6: 'h4',
  b: 'strong',
  i: 'em',
  strike: 's',
  del: 's',
};

/** No known text needs more than two. */
const MAX_ROUNDS = 8;

const OPTIONS: IOptions = {
  allowedTags: [
    'p',
    'h3',
    'h4',
    'ul',
    'ol',
    'li',
    'a',
    'strong',
    'em',
    's',
    'u',
    'sub',
    'sup',
    'code',
    'pre',
    'br',
    'hr',
    'blockquote',
    'table',
    'caption',
    'thead',
    'tbody',
    'tfoot',
    'tr',
    'th',
    'td',
    'dl',
    'dt',
    'dd',
  ],
  allowedAttributes: {
    a: ['href', 'rel'],
    th: ['scope', 'colspan', 'rowspan'],
    td: ['colspan', 'rowspan'],
    ol: ['start'],
  },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
  transformTags: {
    ...RENAMED,
    a: (tagName, { href }) => ({ tagName, attribs: linkAttributes(href) }),
    th: (tagName, attributes) => ({ tagName, attribs: cellAttributes(attributes) }),
    td: (tagName, attributes) => ({ tagName, attribs: cellAttributes(attributes) }),
  },
};

/**
 * Reduces HTML to the few elements that a text needs; scripts, styles, handlers and foreign elements are gone.
 *
 * Idempotent: what it returned once it returns unchanged. The parser is loaded when first needed.
 */
export async function sanitiseHtml(html: string): Promise<string> {
  const { default: sanitise } = await import('sanitize-html');
  // Taking elements out can bring others together that a reader closes anew (`<p><math><table>`): go on until it rests.
  let clean = sanitise(html, OPTIONS).trim();
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const again = sanitise(clean, OPTIONS).trim();
    if (again === clean) return clean;
    clean = again;
  }
  return sanitise(clean, { allowedTags: [], allowedAttributes: {} }).trim();
}

function linkAttributes(written: string | undefined): Attributes {
  const href = written?.trim();
  if (href === undefined || !isSafeHref(href)) return {};
  return isExternalHref(href) ? { href, rel: 'noopener' } : { href };
}

function cellAttributes({ scope, colspan, rowspan }: Attributes): Attributes {
  return {
    ...(scope === 'row' || scope === 'col' ? { scope } : {}),
    ...span('colspan', colspan),
    ...span('rowspan', rowspan),
  };
}

function span(name: string, value: string | undefined): Attributes {
  return value !== undefined && /^[1-9]\d?$/.test(value) ? { [name]: value } : {};
}

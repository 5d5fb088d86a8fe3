const ABSOLUTE = new Set(['http:', 'https:', 'mailto:', 'tel:']);
/** Browsers drop or rewrite these inside an address: `/\evil.example` and `/<tab>/evil.example` leave the site. */
const REWRITTEN = /[\s\\]|\p{Cc}/u;

/**
 * Whether an address may stand in a link of a page: http(s), mailto, tel, a path of the same site
 * (`/pricing`) or a place on the page (`#plans`).
 */
export function isSafeHref(href: string): boolean {
  if (href === '' || REWRITTEN.test(href)) return false;
  if (href.startsWith('#')) return true;
  if (href.startsWith('/')) return !href.startsWith('//');
  return isSafeAddress(href);
}

/** Whether a link leads to a host of its own, and so must not hand over `window.opener`. */
export function isExternalHref(href: string): boolean {
  return /^https?:/i.test(href);
}

function isSafeAddress(href: string): boolean {
  if (!URL.canParse(href)) return false;
  const { protocol, username, password } = new URL(href);
  // `https://bank.example@evil.example` shows one host and opens another.
  return ABSOLUTE.has(protocol) && username === '' && password === '';
}

/** A piece of XML: an element with text or children; what is undefined or null is left out. */
export type Xml = string | undefined | null;

type Attributes = Readonly<Record<string, string>>;

/** An element; without content it is left out altogether, as EN 16931 wants no empty elements. */
export function element(
  name: string,
  content: string | readonly Xml[] | null | undefined,
  attributes: Attributes = {},
): Xml {
  const inner = typeof content === 'string' ? escapeXml(content) : (content ?? []).filter(Boolean).join('');
  if (inner === '') return undefined;
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`);
  return `<${name}${written.join('')}>${inner}</${name}>`;
}

/** Text that XML can hold: what it cannot (control characters) is left out. */
function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

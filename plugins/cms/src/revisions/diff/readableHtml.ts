const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&nbsp;': '\u00a0',
};
/** How an element reads in plain text: what stands before and after it. */
const MARKS: Readonly<Record<string, readonly [before: string, after: string]>> = {
  strong: ['**', '**'],
  b: ['**', '**'],
  em: ['_', '_'],
  i: ['_', '_'],
  h3: ['### ', '\n'],
  h4: ['#### ', '\n'],
  li: ['• ', '\n'],
  blockquote: ['> ', '\n'],
  p: ['', '\n'],
  tr: ['', '\n'],
  td: ['', ' | '],
  th: ['', ' | '],
  br: ['\n', ''],
};

/** Sanitised HTML as lines that people read, with its structure and its links, so that a change of either is seen. */
export function readableHtml(html: string): string {
  const targets: string[] = [];
  return html
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/<(\/?)([a-z0-9]+)([^>]*)>/gi, (_tag, slash: string, name: string, attributes: string) => {
      const element = name.toLowerCase();
      if (element === 'a') return slash ? linkEnd(targets.pop()) : linkStart(targets, attributes);
      const marks = MARKS[element] ?? ['', ''];
      return slash ? marks[1] : marks[0];
    })
    .replaceAll(/&(?:amp|lt|gt|quot|#39|nbsp);/g, (entity) => ENTITIES[entity] ?? entity)
    .replaceAll(/ *\n */g, '\n')
    .replaceAll(/\n{2,}/g, '\n')
    .trim();
}

function linkStart(targets: string[], attributes: string): string {
  targets.push(/href="([^"]*)"/i.exec(attributes)?.[1] ?? '');
  return '';
}

const linkEnd = (target: string | undefined): string => (target ? ` (${target})` : '');

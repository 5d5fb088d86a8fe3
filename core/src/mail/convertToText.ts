const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#x27': "'",
  '#39': "'",
  nbsp: ' ',
  '#x3D': '=',
  '#x60': '`',
};

/** The plain-text part of a mail from its HTML, as our own templates write it: paragraphs, headings, lists, links. */
export function convertToText(html: string): string {
  return (
    html
      .replace(/<(style|script|head)\b[\s\S]*?<\/\1>/gi, '')
      .replace(
        /<a\b[^>]*href="([^"]*)"[^>]*>([\s\S]*?)<\/a>/gi,
        (_all, href: string, label: string) => `${label} (${href})`,
      )
      .replace(/<li\b[^>]*>/gi, '\n- ')
      .replace(/<br\s*\/?>/gi, '\n')
      .replace(/<\/(p|h[1-6]|ul|ol|table|tr|div|section)>/gi, '\n\n')
      .replace(/<[^>]+>/g, '')
      .replace(/&(#?\w+);/g, (all, name: string) => ENTITIES[name] ?? all)
      .replace(/[ \t]+/g, ' ')
      .replace(/ *\n */g, '\n')
      .replace(/\n{3,}/g, '\n\n')
      // A button whose address stands below it: once is enough.
      .replace(/ \((\S+)\)(\n+\1)(?=\n|$)/g, ':$2')
      .trim()
  );
}

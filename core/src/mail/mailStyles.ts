/** The colours of a mail: the brand's, and on light ground. */
export interface MailColours {
  readonly primary: string;
  readonly onPrimary: string;
  /** Of links: the primary colour, as dark as text must be. */
  readonly link: string;
}

const BRAND: MailColours = { primary: '#1549b5', onPrimary: '#ffffff', link: '#174bb3' };
const FONT = "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;";
const INK = '#131a29';
const QUIET = '#525d70';

/** The colours of a tenant's theme; the product's where it names none. @param css of the theme's sheet */
export function mailColours(css: string): MailColours {
  const named = (name: string): string | undefined =>
    new RegExp(`--color-${name}:(#[0-9a-fA-F]{3,8})`).exec(css)?.[1];
  return {
    primary: named('primary') ?? BRAND.primary,
    onPrimary: named('on-primary') ?? BRAND.onPrimary,
    link: named('primary-text') ?? BRAND.link,
  };
}

/**
 * Writes styles into the elements of a mail and, for programmes that show mails dark, a sheet into its head.
 *
 * @param html as the layout `mail` and our own templates write it: escaped, attributes in double quotes
 */
export function withMailStyles(html: string, colours: MailColours): string {
  const { tags, classes } = stylesOf(colours);
  return html
    .replace(/<([a-z][a-z0-9]*)((?:\s[^<>]*)?)>/g, (all, tag: string, attributes: string) => {
      const names = /\sclass="([^"]*)"/.exec(attributes)?.[1]?.split(/\s+/) ?? [];
      const style = `${tags[tag] ?? ''}${names.map((name) => classes[name] ?? '').join('')}`;
      return style === '' || /\sstyle="/.test(attributes) ? all : `<${tag}${attributes} style="${style}">`;
    })
    .replace('</head>', `<style>${DARK}</style>\n</head>`);
}

function stylesOf({ primary, onPrimary, link }: MailColours): {
  readonly tags: Readonly<Record<string, string>>;
  readonly classes: Readonly<Record<string, string>>;
} {
  return {
    tags: {
      p: 'margin:0 0 16px;',
      h1: 'margin:0 0 16px;font-size:22px;line-height:1.3;',
      h2: 'margin:24px 0 12px;font-size:17px;line-height:1.3;',
      ul: 'margin:0 0 16px;padding-left:20px;',
      ol: 'margin:0 0 16px;padding-left:20px;',
      dl: 'margin:0 0 16px;',
      dt: `margin-top:8px;color:${QUIET};font-size:14px;`,
      dd: 'margin:0;',
      a: `color:${link};`,
      code: 'font-family:Menlo,Consolas,monospace;font-size:14px;',
    },
    classes: {
      mail: `margin:0;padding:0;background-color:#f4f6fa;color:${INK};${FONT}font-size:16px;line-height:1.55;`,
      'mail-ground': 'background-color:#f4f6fa;',
      'mail-margin': 'padding:24px 12px;',
      'mail-card':
        'width:100%;max-width:600px;background-color:#ffffff;border:1px solid #dfe4ec;border-radius:12px;border-collapse:separate;',
      'mail-head': `padding:20px 28px;border-bottom:3px solid ${primary};text-align:left;`,
      'mail-brand': `color:${INK};font-size:18px;font-weight:bold;text-decoration:none;`,
      'mail-body': `padding:28px 28px 12px;text-align:left;color:${INK};${FONT}font-size:16px;line-height:1.55;`,
      'mail-foot': `padding:16px 28px 24px;border-top:1px solid #dfe4ec;text-align:left;color:${QUIET};${FONT}font-size:13px;line-height:1.5;`,
      'mail-quiet': `color:${QUIET};`,
      muted: `color:${QUIET};`,
      // Of a button, written out for programmes that show none: long, and no reason for a wider mail.
      'mail-address': `color:${QUIET};font-size:13px;word-break:break-all;`,
      btn: `display:inline-block;padding:12px 22px;border-radius:8px;background-color:${primary};color:${onPrimary};font-weight:bold;text-decoration:none;`,
    },
  };
}

/** What inline styles cannot say; `!important`, since they would win. */
const DARK =
  '@media (prefers-color-scheme:dark){' +
  '.mail,.mail-ground{background-color:#0d1320!important;color:#e8edf6!important}' +
  '.mail-card{background-color:#151d2c!important;border-color:#2a3548!important}' +
  '.mail-brand,.mail-body,.mail-body p,.mail-body li,.mail-body dd,.mail-body h1,.mail-body h2{color:#e8edf6!important}' +
  '.mail-body a:not(.btn),.mail-foot a{color:#9cc0ff!important}' +
  '.mail-foot,.mail-body dt,.mail-body .muted,.mail-body .mail-address{color:#a4b0c4!important;border-color:#2a3548!important}}';

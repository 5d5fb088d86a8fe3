import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import Handlebars from 'handlebars';
import { root } from '../../lib/processes.js';
import { structuredData } from './head.js';
import type { MenuRow, PageRow, StoreRow, ThemeRow } from './queries.js';

export interface Site {
  readonly store: StoreRow;
  readonly theme: ThemeRow;
  readonly menu: readonly MenuRow[];
  readonly host: string;
  readonly path: string;
}

class LineEnds extends Handlebars.Visitor {
  override ContentStatement(content: hbs.AST.ContentStatement): void {
    content.value = content.value.replace(/[ \t]*\r?\n\s*/g, '\n');
  }
}

const NAMES: Readonly<Record<string, string>> = {
  en: 'English',
  fr: 'Français',
  de: 'Deutsch',
  lb: 'Lëtzebuergesch',
};
const templates = path.join(root, 'templates');
const texts = JSON.parse(readFileSync(path.join(root, 'core/locales/en.json'), 'utf8')) as Record<
  string,
  string
>;
const assets = JSON.parse(process.env['ASSETS'] ?? '{}') as Record<string, string>;
const icons = new Map(
  readdirSync(path.join(templates, 'icons'))
    .filter((file) => file.endsWith('.svg'))
    .map((file) => [
      file.slice(0, -4),
      new Handlebars.SafeString(
        readFileSync(path.join(templates, 'icons', file), 'utf8')
          .trim()
          .replace(' xmlns="http://www.w3.org/2000/svg"', ''),
      ),
    ]),
);

const handlebars = Handlebars.create();
handlebars.registerHelper({
  t: (key: string) => texts[key],
  icon: (name: string) => icons.get(name),
  asset: (_code: string, file: string) => assets[file],
  eq: (a: unknown, b: unknown) => a === b,
  or: (...args: unknown[]) =>
    args.slice(0, -1).find((value) => (Array.isArray(value) ? value.length > 0 : Boolean(value))) ??
    args.at(-2),
  contentHtml: (html: string) => new Handlebars.SafeString(html),
  contentHref: (href: string) => href,
  blockTemplate: (type: string) => `blocks/${type.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
  jsonLd: (objects: readonly object[]) =>
    new Handlebars.SafeString(
      objects
        .map(
          (object) =>
            `<script type="application/ld+json">${JSON.stringify(object).replace(/[<>&]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`)}</script>`,
        )
        .join('\n'),
    ),
  kept: (partial: string, { hash, data }: Handlebars.HelperOptions) =>
    new Handlebars.SafeString((handlebars.partials[partial] as ReturnType<typeof compiled>)(hash, { data })),
  page: ({ hash, data }: Handlebars.HelperOptions) => {
    Object.assign(data.head as object, hash);
    return '';
  },
});
for (const file of readdirSync(path.join(templates, 'partials'), { recursive: true, encoding: 'utf8' })) {
  if (file.endsWith('.hbs'))
    handlebars.registerPartial(
      file.slice(0, -4),
      compiled(path.join(templates, 'partials', file)) as Handlebars.Template,
    );
}
const layout = compiled(path.join(templates, 'layouts/storefront.hbs'));
const bodies: Record<string, ReturnType<typeof compiled>> = {
  article: compiled(path.join(root, 'plugins/cms/templates/article.hbs')),
  landing: compiled(path.join(root, 'plugins/cms/templates/landing.hbs')),
};

const NO_CARD = { title: null, description: null, image: null };

export function drawPage(page: PageRow, site: Site): string {
  const { title, description, language, body, seo } = page;
  const frame = frameOf(site);
  const head = { title: '', description: null, robots: null, width: 'normal' };
  const view = {
    title,
    documentTitle: seo.title ?? title,
    description: seo.description ?? (description === '' ? null : description),
    robots: seo.robots === 'noindex' ? 'noindex' : null,
    language,
    canonical: frame.canonical,
    alternates: frame.alternates,
    social: NO_CARD,
    structuredData: structuredData(page, {
      origin: `http://${site.host}`,
      address: frame.canonical,
      siteName: frame.siteName,
      language,
    }),
    hasOwnHeading: body.some(({ type }) => type === 'hero'),
    blocks: body,
  };
  const content = bodies[page.template]?.(view, { data: { frame, head } });
  const shown = head.title === frame.siteName ? frame.siteName : `${head.title} · ${frame.siteName}`;
  return layout({ frame, head, title: shown, body: content }, { data: { frame, head } });
}

type Frame = {
  readonly siteName: string;
  readonly canonical: string;
  readonly alternates: readonly object[];
} & Record<string, unknown>;

function frameOf({ store, theme, menu, host, path: at }: Site): Frame {
  const origin = `http://${host}`;
  const to = (language: string): string => (language === store.language ? at : `/${language}${at}`);
  const group = (placement: string): object[] => {
    const items = menu
      .filter((row) => row.placement === placement)
      .map(({ slug, title }) => {
        const href = slug === 'home' ? '/' : `/${slug}`;
        return { label: title, href, isCurrent: href === at };
      });
    return items.length === 0 ? [] : [{ code: placement, label: null, items }];
  };
  return {
    language: store.language,
    siteName: store.name,
    homeHref: '/',
    theme: {
      address: `/theme.${theme.hash}.css`,
      logo: null,
      favicon: null,
      fonts: theme.fonts,
      header: theme.header,
    },
    canonical: origin + at,
    alternates: [
      ...store.languages.map((code) => ({ language: code, href: origin + to(code) })),
      { language: 'x-default', href: origin + to(store.language) },
    ],
    languages: store.languages.map((code) => ({
      code,
      name: NAMES[code],
      href: to(code),
      isCurrent: code === store.language,
    })),
    menu: group('header'),
    footerMenu: group('footer'),
    user: null,
    signInHref: '/storefront/account/login',
    flash: null,
    notices: [],
  };
}

/** Whitespace at line ends goes, as in the product. */
function compiled(file: string): (context: unknown, options: object) => string {
  const ast = Handlebars.parse(readFileSync(file, 'utf8'));
  new LineEnds().accept(ast);
  return handlebars.compile(ast, { preventIndent: true }) as (context: unknown, options: object) => string;
}

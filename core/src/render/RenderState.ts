import type { Layout, PageFrame, PageHead, SocialCard } from './PageFrame.js';

/** What helpers can reach while one page is rendered: Handlebars' data variables. */
export interface RenderData {
  readonly root: unknown;
  readonly frame: PageFrame;
  readonly head: PageHead;
}

const LAYOUT_OF: Readonly<Record<PageFrame['surface'], Layout>> = {
  platform: 'marketing',
  storefront: 'storefront',
  admin: 'admin',
  store: 'dashboard',
};

const NO_CARD: SocialCard = Object.freeze({ title: null, description: null, image: null });

/** The page's head as the frame has it, before the template says more. */
export function headOf(frame: PageFrame): PageHead {
  return {
    title: frame.title,
    description: frame.description,
    robots: frame.robots,
    canonical: frame.canonical,
    alternates: frame.alternates,
    social: NO_CARD,
    structuredData: [],
    layout: LAYOUT_OF[frame.surface],
    width: 'normal',
  };
}

/** What goes into `<title>`: the page's title, then the site's name, unless they are the same. */
export function documentTitle(head: PageHead, frame: PageFrame): string {
  if (!head.title || head.title === frame.siteName) return frame.siteName;
  return `${head.title} · ${frame.siteName}`;
}

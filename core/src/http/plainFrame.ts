import type { Words } from '../i18n/Words.js';
import type { Language, LinkBuilder, SnapshotView } from '../kernel/context.js';
import type { PageFrame } from '../render/PageFrame.js';

/** Links of a page that belongs to no tenant: paths as they are. */
export const PLAIN_LINKS: LinkBuilder = {
  to: (_surface, path) => path,
  api: (path) => path,
  canonical: (path) => path,
};

/** The frame of a page without menu and person: errors, mails, the developer's pages. */
export function plainFrame(
  of: {
    readonly words: Words;
    readonly language: Language;
    readonly snapshot: SnapshotView;
    readonly siteName: string;
  } & Partial<PageFrame>,
): PageFrame {
  return {
    surface: 'platform',
    links: PLAIN_LINKS,
    blocks: new Map(),
    homeHref: '/',
    theme: null,
    title: '',
    description: null,
    canonical: null,
    alternates: [],
    robots: 'noindex',
    languages: [],
    menu: [],
    footerMenu: [],
    user: null,
    signInHref: null,
    siteAction: null,
    workplace: null,
    upgradeHref: null,
    flash: null,
    notices: [],
    scheme: 'system',
    preferences: null,
    ...of,
  };
}

import { CMS, type PagePermissions } from '../permissions.js';
import type { JournalKind } from '../services/PageJournal.js';

/** Where the redirects of one owner are set up. Visitors are led at once: that needs the permission to publish. */
export interface RedirectPlace {
  readonly surface: 'admin' | 'store';
  readonly base: string;
  readonly permissions: PagePermissions;
  readonly menu: string;
  /** Ends sentences, e.g. "List the redirects …". */
  readonly where: string;
}

export const REDIRECT_PLACES: Readonly<Record<JournalKind, RedirectPlace>> = {
  platform: {
    surface: 'admin',
    base: '/redirects',
    permissions: CMS.marketing,
    menu: 'redirects',
    where: 'of the platform’s own site',
  },
  default: {
    surface: 'admin',
    base: '/default-redirects',
    permissions: CMS.defaults,
    menu: 'redirects',
    where: 'of the sites of all stores',
  },
  store: {
    surface: 'store',
    base: '/redirects',
    permissions: CMS.pages,
    menu: 'redirects',
    where: 'of the store’s site',
  },
};

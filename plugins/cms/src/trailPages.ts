import { CMS } from './permissions.js';

type Surface = 'admin' | 'store';

const page = (surface: Surface, path: string, permission: string) => [{ surface, path, permission }];

/** Where lines of the audit trail about content lead; pages and media to themselves, redirects to their list. */
export const cmsTrailPages = {
  'cms.platform_page': page('admin', '/pages/{id}', CMS.marketing.view),
  'cms.default_page': page('admin', '/defaults/{id}', CMS.defaults.view),
  'cms.store_page': page('store', '/content-pages/{id}', CMS.pages.view),
  'cms.platform_media': page('admin', '/media/{id}', CMS.siteMedia.view),
  'cms.store_media': page('store', '/media/{id}', CMS.media.view),
  'cms.platform_redirect': page('admin', '/redirects', CMS.marketing.view),
  'cms.default_redirect': page('admin', '/default-redirects', CMS.defaults.view),
  'cms.store_redirect': page('store', '/redirects', CMS.pages.view),
};

import type { PermissionDefinition } from '@wizamart/core';

/** Names of the permissions, by what they concern. */
export const CMS = {
  /** Marketing pages of the platform. */
  marketing: { view: 'cms.marketing.view', edit: 'cms.marketing.edit', publish: 'cms.marketing.publish' },
  /** What the platform's stores show until they have their own. */
  defaults: { view: 'cms.defaults.view', edit: 'cms.defaults.edit', publish: 'cms.defaults.publish' },
  /** A store's own pages. */
  pages: { view: 'cms.pages.view', edit: 'cms.pages.edit', publish: 'cms.pages.publish' },
  /** Pictures and files of a store. */
  media: { view: 'cms.media.view', edit: 'cms.media.edit' },
  /** Pictures and files of the platform. */
  siteMedia: { view: 'cms.site_media.view', edit: 'cms.site_media.edit' },
  /** What visitors of a store sent with its forms. */
  formEntries: { view: 'cms.form_entries.view', delete: 'cms.form_entries.delete' },
  /** What visitors of the platform's own site sent with its forms. */
  siteFormEntries: { view: 'cms.site_form_entries.view', delete: 'cms.site_form_entries.delete' },
  /** Header and footer of a store's site. */
  storeMenus: { view: 'cms.menus.view', edit: 'cms.menus.edit' },
  /** Header and footer of the platform's own site. */
  menus: { view: 'cms.site_menus.view', edit: 'cms.site_menus.edit' },
} as const;

export interface PagePermissions {
  readonly view: string;
  readonly edit: string;
  /** Needed for everything that visitors see at once. */
  readonly publish: string;
}

/** Who may hold them: administrators, or the built-in roles of a store; owners hold all. */
export const cmsPermissions: Readonly<Record<string, PermissionDefinition>> = {
  [CMS.marketing.view]: { audience: 'admin', label: 'cms.permission.marketing.view' },
  [CMS.marketing.edit]: { audience: 'admin', label: 'cms.permission.marketing.edit' },
  [CMS.marketing.publish]: { audience: 'admin', label: 'cms.permission.marketing.publish' },
  [CMS.defaults.view]: { audience: 'admin', label: 'cms.permission.defaults.view' },
  [CMS.defaults.edit]: { audience: 'admin', label: 'cms.permission.defaults.edit' },
  [CMS.defaults.publish]: { audience: 'admin', label: 'cms.permission.defaults.publish' },
  [CMS.pages.view]: { audience: 'store', label: 'cms.permission.pages.view', roles: ['manager', 'staff'] },
  [CMS.pages.edit]: { audience: 'store', label: 'cms.permission.pages.edit', roles: ['manager', 'staff'] },
  [CMS.pages.publish]: {
    audience: 'store',
    label: 'cms.permission.pages.publish',
    roles: ['manager', 'staff'],
  },
  [CMS.media.view]: { audience: 'store', label: 'cms.permission.media.view', roles: ['manager', 'staff'] },
  [CMS.media.edit]: { audience: 'store', label: 'cms.permission.media.edit', roles: ['manager', 'staff'] },
  [CMS.siteMedia.view]: { audience: 'admin', label: 'cms.permission.media.view' },
  [CMS.siteMedia.edit]: { audience: 'admin', label: 'cms.permission.media.edit' },
  [CMS.formEntries.view]: {
    audience: 'store',
    label: 'cms.permission.formEntries.view',
    roles: ['manager', 'staff'],
  },
  [CMS.formEntries.delete]: {
    audience: 'store',
    label: 'cms.permission.formEntries.delete',
    roles: ['manager'],
  },
  [CMS.siteFormEntries.view]: { audience: 'admin', label: 'cms.permission.formEntries.view' },
  [CMS.siteFormEntries.delete]: { audience: 'admin', label: 'cms.permission.formEntries.delete' },
  [CMS.storeMenus.view]: {
    audience: 'store',
    label: 'cms.permission.menus.view',
    roles: ['manager', 'staff'],
  },
  [CMS.storeMenus.edit]: { audience: 'store', label: 'cms.permission.menus.edit', roles: ['manager'] },
  [CMS.menus.view]: { audience: 'admin', label: 'cms.permission.menus.view' },
  [CMS.menus.edit]: { audience: 'admin', label: 'cms.permission.menus.edit' },
};

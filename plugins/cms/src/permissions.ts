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

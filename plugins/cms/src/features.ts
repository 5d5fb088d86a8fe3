import type { FeatureDefinition, LimitDefinition } from '@wizamart/core';

/** What tiers may include of cms. */
export const cmsFeatures: readonly FeatureDefinition[] = [
  {
    code: 'cms_basic',
    name: 'Content pages',
    description: 'Replace the platform’s default pages by pages of the store.',
  },
  {
    code: 'cms_custom_pages',
    name: 'Custom pages',
    description: 'Pages under addresses of the store’s own choice.',
  },
  { code: 'cms_unlimited_pages', name: 'Unlimited pages', description: 'Any number of pages.' },
  { code: 'cms_templates', name: 'Page templates', description: 'Choose how a page is laid out.' },
  {
    code: 'cms_seo',
    name: 'Search engine fields',
    description: 'Title, description and robots of each page.',
  },
  {
    code: 'cms_scheduling',
    name: 'Scheduled publishing',
    description: 'Publish and unpublish at a set time.',
  },
  { code: 'media_library', name: 'Media library', description: 'Pictures and files for pages.' },
];

/** What tiers may bound. */
export const cmsLimits: readonly LimitDefinition[] = [
  { code: 'cms_pages', name: 'Pages', per: 'store' },
  { code: 'cms_custom_pages', name: 'Custom pages', per: 'store' },
  { code: 'cms_media_files', name: 'Pictures and files', per: 'store' },
  { code: 'cms_media_bytes', name: 'Media storage', per: 'store', unit: 'bytes' },
];

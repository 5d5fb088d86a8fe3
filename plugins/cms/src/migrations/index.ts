import { formEntry } from './20261121_form_entry.js';
import { media } from './20261121_media.js';
import { redirect } from './20261121_redirect.js';
import { revision } from './20261121_revision.js';
import { schedule } from './20261121_schedule.js';
import { siteMenu } from './20261121_site_menu.js';
import { deletedMedia } from './20261122_cms_deleted_media.js';
import { deletedPage } from './20261122_cms_deleted_page.js';
import { platformPage } from './20261120_platform_page.js';
import { storePage } from './20261120_store_page.js';

export const migrations = [
  platformPage,
  storePage,
  media,
  redirect,
  revision,
  schedule,
  siteMenu,
  formEntry,
  deletedPage,
  deletedMedia,
];

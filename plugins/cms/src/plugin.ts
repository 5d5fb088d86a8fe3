import {
  AuditService,
  DatabaseService,
  definePlugin,
  EntitlementsService,
  EventsService,
  FilesService,
  HooksService,
  JobsService,
  MailService,
  PageCacheService,
  pictureChoices,
  RateLimitsService,
  SettingsService,
  SignaturesService,
  SitePreviewsService,
  siteNavigation,
  type SiteNavigation,
  tap,
  TenantsService,
  TiersService,
  z,
} from '@wizamart/core';
import { PageFacts } from './dashboard/PageFacts.js';
import { cmsChecklist, cmsFigures, cmsTodos, cmsWidgets } from './dashboard/storeDashboard.js';
import { cmsFeatures, cmsLimits } from './features.js';
import { formBlock } from './forms/formBlock.js';
import { cleanEntriesJob } from './forms/cleanEntriesJob.js';
import { FormEntries } from './forms/FormEntries.js';
import { FormGuard } from './forms/FormGuard.js';
import { entryRoutes } from './forms/routes/entryRoutes.js';
import { sendFormRoutes } from './forms/routes/sendForm.js';
import { formSettings } from './forms/settings.js';
import { MediaFiles } from './media/MediaFiles.js';
import { MediaBin } from './media/MediaBin.js';
import { forgetMediaJob, renderMediumJob } from './media/mediaJob.js';
import { MediaLibrary } from './media/MediaLibrary.js';
import { mediaFileCount } from './media/MediaLimits.js';
import { MediaRenderer } from './media/MediaRenderer.js';
import { brandChoices } from './media/pictureChoices.js';
import { Pictures } from './media/Pictures.js';
import { mediaApi } from './media/routes/mediaApi.js';
import { mediaBinApi } from './media/routes/mediaBinApi.js';
import { mediaBinPages } from './media/routes/mediaBinPages.js';
import { mediaFileRoutes } from './media/routes/mediaFileRoutes.js';
import { mediaPages } from './media/routes/mediaPages.js';
import { mediaSettings } from './media/settings.js';
import { menuApi } from './menus/routes/menuApi.js';
import { menuPages } from './menus/routes/menuPages.js';
import { menuPreviewRoutes } from './menus/routes/menuPreview.js';
import { SiteMenus } from './menus/SiteMenus.js';
import { migrations } from './migrations/index.js';
import { cmsMenu } from './menu.js';
import { cmsPermissions } from './permissions.js';
import { cmsTrailPages } from './trailPages.js';
import { PreviewLinks } from './preview/PreviewLinks.js';
import { previewSettings } from './preview/settings.js';
import { DefaultChanges } from './revisions/DefaultChanges.js';
import { Revisions } from './revisions/Revisions.js';
import { lifeCycleRoutes } from './routes/lifeCycleRoutes.js';
import { scheduleJobs } from './schedule/scheduleJobs.js';
import { PageHistory } from './schedule/PageHistory.js';
import { Schedules } from './schedule/Schedules.js';
import { PageMoves } from './redirects/PageMoves.js';
import { RedirectLookup } from './redirects/RedirectLookup.js';
import { Redirects } from './redirects/Redirects.js';
import { NextChange } from './schedule/NextChange.js';
import { platformPageApi } from './routes/platformPageApi.js';
import { platformPagePages } from './routes/platformPagePages.js';
import { publicPageApi } from './routes/publicPageApi.js';
import { publicPageRoutes } from './routes/publicPages.js';
import { storePageApi } from './routes/storePageApi.js';
import { storePagePages } from './routes/storePagePages.js';
import { defaultStoreRoutes } from './routes/defaultStoreRoutes.js';
import { DefaultStores } from './services/DefaultStores.js';
import { DemoPages } from './services/DemoPages.js';
import { Editings } from './services/Editings.js';
import { PageJournal } from './services/PageJournal.js';
import { PageLimits } from './services/PageLimits.js';
import { PageLocks } from './services/PageLocks.js';
import { PageMenu } from './services/PageMenu.js';
import { PageSeeder } from './services/PageSeeder.js';
import { PlatformPages } from './services/PlatformPages.js';
import { PublicPages } from './services/PublicPages.js';
import { Sitemap } from './services/Sitemap.js';
import { StorePages } from './services/StorePages.js';
import { ContentPages } from './tokens.js';

/** Content pages in three tiers: marketing pages of a platform, defaults of its stores, and a store's own. */
export const cms = definePlugin({
  code: 'cms',
  name: 'Content',
  description: 'Marketing pages of the platform, default pages of its stores, and the stores’ own pages.',
  group: 'content',
  requires: {
    database: DatabaseService,
    audit: AuditService,
    events: EventsService,
    entitlements: EntitlementsService,
    tiers: TiersService,
    pageCache: PageCacheService,
    tenants: TenantsService,
    files: FilesService,
    jobs: JobsService,
    settings: SettingsService,
    signatures: SignaturesService,
    rateLimits: RateLimitsService,
    mail: MailService,
    sitePreviews: SitePreviewsService,
    hooks: HooksService,
  },
  provides: { publicPages: ContentPages },
  features: cmsFeatures,
  limits: cmsLimits,
  permissions: cmsPermissions,
  settings: z.object({ ...mediaSettings, ...previewSettings, ...formSettings }),
  menu: cmsMenu,
  auditPages: cmsTrailPages,
  services: {
    journal: PageJournal,
    pageMoves: PageMoves,
    editings: Editings,
    nextChange: NextChange,
    redirects: Redirects,
    redirectLookup: RedirectLookup,
    revisions: Revisions,
    defaultChanges: DefaultChanges,
    schedules: Schedules,
    pageHistory: PageHistory,
    previews: PreviewLinks,
    limits: PageLimits,
    locks: PageLocks,
    platformPages: PlatformPages,
    defaultStores: DefaultStores,
    storePages: StorePages,
    publicPages: PublicPages,
    pageMenu: PageMenu,
    pageSitemap: Sitemap,
    siteMenus: SiteMenus,
    formEntries: FormEntries,
    formGuard: FormGuard,
    seeder: PageSeeder,
    demoPages: DemoPages,
    pictures: Pictures,
    library: MediaLibrary,
    mediaBin: MediaBin,
    mediaFiles: MediaFiles,
    mediaRenderer: MediaRenderer,
    pageFacts: PageFacts,
  },
  routes: ({
    revisions,
    defaultChanges,
    schedules,
    pageHistory,
    previews,
    redirects,
    siteMenus,
    pageMenu,
    redirectLookup,
    nextChange,
    platformPages,
    defaultStores,
    storePages,
    publicPages,
    formEntries,
    formGuard,
    locks,
    pictures,
    library,
    mediaBin,
    mediaFiles,
    settings,
    entitlements,
    tiers,
    sitePreviews,
    hooks,
  }) => [
    ...lifeCycleRoutes({
      platformPages,
      storePages,
      revisions,
      defaultChanges,
      schedules,
      pageHistory,
      previews,
      redirects,
      locks,
      pictures,
      formGuard,
      hooks,
      sitePreviews,
    }),
    ...sendFormRoutes({ publicPages, formEntries, pictures, nextChange, formGuard, hooks }),
    ...entryRoutes(formEntries, 'admin'),
    ...entryRoutes(formEntries, 'store'),
    ...menuApi(siteMenus, 'admin'),
    ...menuApi(siteMenus, 'store'),
    ...menuPages(siteMenus, 'admin'),
    ...menuPreviewRoutes(
      { siteMenus, pageMenu, publicPages, sitePreviews, pictures, formGuard, hooks },
      'admin',
    ),
    ...menuPages(siteMenus, 'store'),
    ...menuPreviewRoutes(
      { siteMenus, pageMenu, publicPages, sitePreviews, pictures, formGuard, hooks },
      'store',
    ),
    ...mediaFileRoutes(mediaFiles),
    ...mediaApi(library, settings, 'admin'),
    ...mediaBinApi(library, mediaBin, 'admin'),
    ...mediaApi(library, settings, 'store'),
    ...mediaBinApi(library, mediaBin, 'store'),
    ...mediaPages({ library, settings, entitlements, tiers }, 'admin'),
    ...mediaBinPages(library, mediaBin, 'admin'),
    ...mediaPages({ library, settings, entitlements, tiers }, 'store'),
    ...mediaBinPages(library, mediaBin, 'store'),
    ...publicPageRoutes(publicPages, { pictures, nextChange, formGuard, hooks }, redirectLookup),
    ...publicPageApi(publicPages),
    ...platformPageApi(platformPages, 'platform'),
    ...platformPageApi(platformPages, 'default'),
    ...storePageApi(storePages),
    ...defaultStoreRoutes(defaultStores, pictures),
    ...platformPagePages(platformPages, locks, pictures, 'platform'),
    ...platformPagePages(platformPages, locks, pictures, 'default'),
    ...storePagePages(storePages, locks, pictures, defaultChanges),
  ],
  usage: ({ limits }) => ({
    cms_pages: (ctx) => limits.countOf(ctx, 'pages'),
    cms_custom_pages: (ctx) => limits.countOf(ctx, 'custom'),
    cms_media_files: mediaFileCount,
  }),
  checklist: ({ pageFacts }) => cmsChecklist(pageFacts),
  figures: ({ pageFacts }) => cmsFigures(pageFacts),
  todos: ({ pageFacts }) => cmsTodos(pageFacts),
  widgets: ({ pageFacts }) => cmsWidgets(pageFacts),
  jobs: ({ mediaRenderer, mediaBin, schedules, formEntries }) => [
    renderMediumJob(mediaRenderer),
    forgetMediaJob(mediaBin),
    ...scheduleJobs(schedules),
    cleanEntriesJob(formEntries),
  ],
  hooks: ({ pageMenu, pictures }) => [
    tap(pictureChoices, { onError: 'skip' }, async (ctx, choices) => [
      ...choices,
      ...(await brandChoices(pictures, ctx)),
    ]),
    tap(siteNavigation, { onError: 'skip' }, (ctx, site) => {
      const menu = pageMenu.of(ctx);
      return menu instanceof Promise ? menu.then((read) => joined(site, read)) : joined(site, menu);
    }),
  ],
  sitemap:
    ({ pageSitemap }) =>
    (ctx) =>
      pageSitemap.entries(ctx),
  onInstall:
    ({ seeder }) =>
    (ctx, host) =>
      seeder.seed(ctx, host),
  demo:
    ({ demoPages }) =>
    (ctx) =>
      demoPages.fill(ctx),
  // Drawn by a template of this plugin: it needs more than the block holds.
  blocks: [{ type: 'form', schema: formBlock, template: 'cms/block-form' }],
  exporters: ({ formEntries }) => [
    async (ctx, { email }) => ({ messages: await formEntries.ofPerson(ctx, email) }),
  ],
  erasers: ({ formEntries }) => [(ctx, { email }) => formEntries.erasePerson(ctx, email)],
  migrations,
  templates: new URL('../templates', import.meta.url),
  assets: new URL('../assets', import.meta.url),
  locales: new URL('../locales', import.meta.url),
});

const joined = (site: SiteNavigation, { header, footer }: SiteNavigation): SiteNavigation => ({
  ...site,
  header: [...site.header, ...header],
  footer: [...site.footer, ...footer],
});

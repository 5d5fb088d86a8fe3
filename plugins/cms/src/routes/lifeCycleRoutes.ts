import type { Hooks, RouteDefinition, SitePreviews } from '@wizamart/core';
import { platformDesk, storeDesk } from '../editor/desks.js';
import { livePreviewRoutes } from '../editor/livePreview.js';
import type { FormGuard } from '../forms/FormGuard.js';
import type { Pictures } from '../media/Pictures.js';
import { previewApi } from '../preview/previewApi.js';
import type { PreviewLinks } from '../preview/PreviewLinks.js';
import { previewPages } from '../preview/previewPages.js';
import { previewRoutes } from '../preview/previewRoutes.js';
import { redirectApi } from '../redirects/redirectApi.js';
import { redirectPages } from '../redirects/redirectPages.js';
import type { Redirects } from '../redirects/Redirects.js';
import { defaultChangeApi } from '../revisions/defaultChangeApi.js';
import { defaultChangePages } from '../revisions/defaultChangePages.js';
import type { DefaultChanges } from '../revisions/DefaultChanges.js';
import { revisionApi } from '../revisions/revisionApi.js';
import { revisionPages } from '../revisions/revisionPages.js';
import type { Revisions } from '../revisions/Revisions.js';
import { scheduleApi } from '../schedule/scheduleApi.js';
import { schedulePages } from '../schedule/schedulePages.js';
import type { PageHistory } from '../schedule/PageHistory.js';
import type { Schedules } from '../schedule/Schedules.js';
import type { PageLocks } from '../services/PageLocks.js';
import type { PageServices } from './places.js';

interface LifeCycle extends PageServices {
  readonly revisions: Revisions;
  readonly defaultChanges: DefaultChanges;
  readonly schedules: Schedules;
  readonly pageHistory: PageHistory;
  readonly previews: PreviewLinks;
  readonly redirects: Redirects;
  readonly locks: PageLocks;
  readonly pictures: Pictures;
  readonly formGuard: FormGuard;
  readonly hooks: Hooks;
  readonly sitePreviews: SitePreviews;
}

/** What happens to pages between their first draft and their end: versions, times, previews, moves. */
export function lifeCycleRoutes(services: LifeCycle): RouteDefinition[] {
  const { platformPages, storePages, defaultChanges, previews, redirects, pictures, formGuard, hooks } =
    services;
  const store = storeDesk(storePages);
  return [
    ...previewRoutes(previews, { pictures, formGuard, hooks }),
    ...(['platform', 'default', 'store'] as const).flatMap((kind) => {
      const desk = kind === 'store' ? store : platformDesk(platformPages, kind);
      return [
        ...livePreviewRoutes(desk, services),
        ...revisionApi(services, kind),
        ...revisionPages(desk, kind, services),
        ...scheduleApi(services, kind),
        ...schedulePages(desk, kind, services),
        ...previewApi(previews, kind),
        ...previewPages(desk, kind, previews),
        ...redirectApi(redirects, kind),
        ...redirectPages(redirects, kind),
      ];
    }),
    ...defaultChangeApi(defaultChanges, storePages),
    ...defaultChangePages(store, defaultChanges, pictures),
  ];
}

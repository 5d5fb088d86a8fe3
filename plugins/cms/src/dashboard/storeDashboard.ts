import type { ChecklistItem, KeyFigure, TodoDefinition, WidgetDefinition } from '@wizamart/core';
import { CMS } from '../permissions.js';
import type { PageFacts } from './PageFacts.js';

const pages = { path: '/content-pages', permission: CMS.pages.view } as const;

/** What cms puts on a store's dashboard. */
export const cmsChecklist = (facts: PageFacts): readonly ChecklistItem[] => [
  {
    ...pages,
    code: 'tell',
    order: 300,
    label: 'cms.checklist.tell',
    text: 'cms.checklist.tellText',
    done: async (ctx) => (await facts.facts(ctx)).told > 0,
  },
  {
    code: 'picture',
    order: 310,
    label: 'cms.checklist.picture',
    text: 'cms.checklist.pictureText',
    path: '/media',
    permission: CMS.media.view,
    feature: 'media_library',
    done: async (ctx) => (await facts.facts(ctx)).pictures > 0,
  },
];

export const cmsFigures = (facts: PageFacts): readonly KeyFigure[] => [
  {
    ...pages,
    code: 'live-pages',
    surface: 'store',
    order: 300,
    label: 'cms.dashboard.livePages',
    load: async (ctx) => {
      const { live, drafts } = await facts.facts(ctx);
      return {
        value: live,
        ...(drafts > 0 ? { detail: { key: 'cms.dashboard.drafts', values: { count: drafts } } } : {}),
      };
    },
  },
];

export const cmsTodos = (facts: PageFacts): readonly TodoDefinition[] => [
  {
    ...pages,
    code: 'drafts',
    order: 300,
    text: 'cms.dashboard.draftsWait',
    count: async (ctx) => (await facts.facts(ctx)).drafts,
  },
];

export const cmsWidgets = (facts: PageFacts): readonly WidgetDefinition[] => [
  {
    code: 'recent-pages',
    surface: 'store',
    template: 'cms/widget-pages',
    label: 'cms.dashboard.recent',
    order: 300,
    size: 'wide',
    permission: CMS.pages.view,
    load: async (ctx) => {
      const to = (path: string): string => ctx.links.to('store', `/content-pages${path}`);
      return {
        listHref: to(''),
        pages: (await facts.recent(ctx)).map((page) => ({ ...page, href: to(`/${page.id}`) })),
      };
    },
  },
];

import { definePlugin, InspectorService } from '@wizamart/core';
import { devToolsFeatures } from './features.js';
import { devToolsMenu } from './menu.js';
import { devToolsPermissions } from './permissions.js';
import { componentPages } from './routes/componentPages.js';
import { graphPages } from './routes/graphPages.js';
import { iconPages } from './routes/iconPages.js';
import { inspectionApi } from './routes/inspectionApi.js';
import { systemPages } from './routes/systemPages.js';
import { templatePages } from './routes/templatePages.js';

/** For those who build: components, icons, and why the running system is as it is. */
export const devTools = definePlugin({
  code: 'dev-tools',
  name: 'Developer tools',
  description: 'Gallery of components, icons, the graph of modules, routes, events, jobs and templates.',
  group: 'operations',
  requires: { inspector: InspectorService },
  features: devToolsFeatures,
  icon: 'components',
  permissions: devToolsPermissions,
  menu: devToolsMenu,
  routes: ({ inspector }) => [
    ...componentPages(),
    ...iconPages(inspector),
    ...graphPages(inspector),
    ...systemPages(inspector),
    ...templatePages(inspector),
    ...inspectionApi(inspector),
  ],
  templates: new URL('../templates', import.meta.url),
  locales: new URL('../locales', import.meta.url),
});

import { DatabaseService, definePlugin } from '@wizamart/core';

/** For those who build: components, icons, and why the running system is as it is. */
export const devTools = definePlugin({
  code: 'dev-tools',
  name: 'Developer tools',
  description: 'Gallery of components, icons, the graph of modules, routes, events and jobs.',
  group: 'operations',
  requires: { database: DatabaseService },
  templates: new URL('../templates', import.meta.url),
  locales: new URL('../locales', import.meta.url),
});

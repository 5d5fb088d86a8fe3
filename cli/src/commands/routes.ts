import { defineCommand } from 'citty';
import { SURFACES } from '@wizamart/core';
import type { RunningServer } from '@wizamart/core/server';
import { unknown } from '../errors.js';
import { platformOf, withServer } from '../installation/withServer.js';
import { print, printJson, printTable } from '../output/print.js';
import { installedRoutes, type ListedRoute } from '../explain/installedRoutes.js';

export const routes = defineCommand({
  meta: {
    name: 'routes',
    description: 'Lists the routes of the installed plugins, or those that are on for a platform.',
  },
  args: {
    platform: { type: 'string', description: 'Only what is on for this platform.' },
    surface: { type: 'string', description: `One of ${SURFACES.join(', ')}.` },
    plugin: { type: 'string', description: 'Only routes of this plugin.' },
    kind: { type: 'enum', options: ['page', 'api'], description: 'Only pages, or only the API.' },
    json: { type: 'boolean', description: 'Answer as JSON.' },
  },
  run: ({ args }) =>
    withServer(async (server) => {
      const list = filtered(server, args);
      if (args.json) return printJson(list);
      printTable(
        ['surface', 'kind', 'method', 'path', 'plugin', 'access', 'feature'],
        list.map((route) => [
          route.surface,
          route.kind,
          route.method,
          route.path,
          route.plugin,
          route.access,
          route.feature ?? '',
        ]),
      );
      print(`${list.length} routes`);
    }),
});

interface Filter {
  readonly platform?: string | undefined;
  readonly surface?: string | undefined;
  readonly plugin?: string | undefined;
  readonly kind?: string | undefined;
}

function filtered(server: RunningServer, { platform, surface, plugin, kind }: Filter): ListedRoute[] {
  if (surface !== undefined && !(SURFACES as readonly string[]).includes(surface))
    throw unknown('surface', surface, SURFACES);
  const codes = [...server.modules.installed.keys()];
  if (plugin !== undefined && !codes.includes(plugin)) throw unknown('plugin', plugin, codes);
  const on =
    platform === undefined ? undefined : server.parts.states.snapshotOf(platformOf(server, platform).id);
  return installedRoutes(server).filter(
    (route) =>
      (on === undefined || on.isOn(route.plugin)) &&
      (surface === undefined || route.surface === surface) &&
      (plugin === undefined || route.plugin === plugin) &&
      (kind === undefined || route.kind === kind),
  );
}

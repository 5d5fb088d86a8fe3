import type { PermissionDefinition } from '@wizamart/core';
import type { RunningServer } from '@wizamart/core/server';
import { unknown } from '../errors.js';
import { declaredBy, type Explanation } from './Explanation.js';
import { installedRoutes } from './installedRoutes.js';

export async function explainPermission(
  server: RunningServer,
  name: string,
): Promise<readonly Explanation[]> {
  const all = permissionsOf(server);
  const found = all.get(name);
  if (!found) throw unknown('permission', name, [...all.keys()]);
  const { plugin, permission } = found;
  return [
    {
      what: 'permission',
      name,
      facts: {
        means: server.parts.translator.t('en', permission.label),
        // Names are often put together from constants, so the last part alone is looked for too.
        ...(await declaredBy(server, plugin, [`'${name}'`, name.split('.').slice(1).join('.')])),
        'held by': holdersOf(server, name),
        routes: installedRoutes(server)
          .filter(({ access }) => access === name)
          .map((route) => `${route.surface} ${route.kind} ${route.method} ${route.path}`),
        'menu items': menuItemsWith(server, name),
      },
    },
  ];
}

/** Who holds a permission from the start, in words. */
export function holdersOf(server: RunningServer, name: string): string[] {
  const permission = permissionsOf(server).get(name)?.permission;
  if (!permission) return [];
  if (permission.audience === 'admin') {
    return permission.scope === 'global'
      ? ['super admins']
      : ['super admins', 'administrators of the platform'];
  }
  if (permission.scope === 'merchant') return ['owners of the merchant'];
  return [
    'owners of the merchant',
    ...(permission.roles ?? []).map((role) => `the store role ${role}`),
    'roles of a merchant’s own that name it',
  ];
}

function permissionsOf(
  server: RunningServer,
): Map<string, { readonly plugin: string; readonly permission: PermissionDefinition }> {
  return new Map(
    [...server.modules.installed].flatMap(([plugin, installed]) =>
      Object.entries(installed.plugin.permissions).map(
        ([name, permission]) => [name, { plugin, permission }] as const,
      ),
    ),
  );
}

function menuItemsWith(server: RunningServer, permission: string): string[] {
  return [...server.modules.installed.values()].flatMap(({ plugin }) =>
    plugin.menu
      .filter((item) => item.permission === permission)
      .map((item) => `${item.surface} ${item.code} (${item.path})`),
  );
}

import type { AnyPlugin } from '@wizamart/core';
import type { RunningServer } from '@wizamart/core/server';
import { ownPackages, packageOfPlugin } from '../installation/packages.js';
import { placeOf } from '../installation/sourceFiles.js';

/** What is to be said of one thing; lists are shown below each other. */
export interface Explanation {
  readonly what: string;
  readonly name: string;
  readonly facts: Readonly<Record<string, string | null | readonly string[]>>;
}

/** Codes of the platforms on which a plugin's module is on. */
export function platformsWith(server: RunningServer, plugin: string): string[] {
  return server.parts.tenants
    .platforms()
    .filter(({ id }) => server.parts.states.snapshotOf(id).isOn(plugin))
    .map(({ code }) => code);
}

/**
 * Who brings a thing, and where it stands in the code.
 *
 * @param texts what to look for there; the first that is found counts
 * @param within what the file has to hold, too
 */
export async function declaredBy(
  server: RunningServer,
  code: string,
  texts: readonly (string | RegExp)[],
  within?: string,
): Promise<{
  readonly 'declared by': string;
  readonly 'stands in': string | null;
  readonly 'is on at': readonly string[];
}> {
  const plugin = server.modules.kernel.graph.plugins.get(code) as AnyPlugin;
  const owner = await packageOfPlugin(plugin, ownPackages());
  const place =
    owner && texts.map((text) => placeOf(text, owner.folder, within)).find((found) => found !== undefined);
  return {
    'declared by': `plugin ${code} ${plugin.version}${owner ? ` (${owner.name})` : ''}`,
    'stands in': place ?? null,
    'is on at': platformsWith(server, code),
  };
}

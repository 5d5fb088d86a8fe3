import type { FeatureDefinition } from '@wizamart/core';
import type { RunningServer } from '@wizamart/core/server';
import { unknown } from '../errors.js';
import { declaredBy, platformsWith, type Explanation } from './Explanation.js';
import { installedRoutes } from './installedRoutes.js';

export async function explainFeature(server: RunningServer, name: string): Promise<readonly Explanation[]> {
  const all = featuresOf(server);
  const found = all.get(name);
  if (!found) throw unknown('feature', name, [...all.keys()]);
  const { plugin, feature } = found;
  return [
    {
      what: 'feature',
      name,
      facts: {
        means: feature.description ? `${feature.name}: ${feature.description}` : feature.name,
        ...(await declaredBy(server, plugin, [new RegExp(`code: '${name}'`), `'${name}'`])),
        tiers: await featureFacts(server, name),
        routes: installedRoutes(server)
          .filter((route) => route.feature === name)
          .map((route) => `${route.surface} ${route.kind} ${route.method} ${route.path}`),
        'menu items': [...server.modules.installed.values()].flatMap((installed) =>
          installed.plugin.menu
            .filter((item) => item.feature === name)
            .map((item) => `${item.surface} ${item.code} (${item.path})`),
        ),
      },
    },
  ];
}

/** Which tiers include a feature, per platform on which its module is on. */
export async function featureFacts(server: RunningServer, name: string): Promise<string[]> {
  const plugin = featuresOf(server).get(name)?.plugin ?? '';
  const facts: string[] = [];
  for (const code of platformsWith(server, plugin)) {
    const platform = server.parts.tenants.platformByCode(code);
    if (!platform) continue;
    const tiers = await server.parts.tiers.list(server.contexts.forSystem('wizamart explain', platform));
    const having = tiers.filter((tier) => [...tier.features].includes(name)).map((tier) => tier.code);
    facts.push(
      `${code}: ${tiers.length === 0 ? 'every merchant, since there are no tiers' : having.join(', ') || 'in no tier'}`,
    );
  }
  return facts;
}

function featuresOf(
  server: RunningServer,
): Map<string, { readonly plugin: string; readonly feature: FeatureDefinition }> {
  return new Map(
    [...server.modules.installed].flatMap(([plugin, installed]) =>
      installed.plugin.features.map((feature) => [feature.code, { plugin, feature }] as const),
    ),
  );
}

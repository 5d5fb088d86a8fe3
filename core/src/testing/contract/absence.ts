import { Frames } from '../../http/Frames.js';
import type { Snapshot } from '../../kernel/snapshot/Snapshot.js';
import type { RouteDefinition } from '../../kernel/route.js';
import type { SitemapEntry } from '../../kernel/plugin.js';
import { ModulePathConflict } from '../../modules/enablement/errors.js';
import { pathOf } from './requests.js';
import { routeName } from './routeFindings.js';
import { messageOf, type Findings } from './subject.js';
import { switchModules } from './switchModules.js';
import { CLAIMER, type ContractWorld } from './world.js';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Turned off, the plugin is not there: no address, no menu, no permission, nothing; and another may take its place. */
export async function absenceFindings(world: ContractWorld): Promise<Findings> {
  const { server, alpha, plugin } = world;
  const before = await publicTraces(world);
  const findings = await claimFindings(world);
  try {
    await switchModules(world, { disable: [plugin.code] });
  } catch (error) {
    return [...findings, `the module cannot be turned off: ${messageOf(error)}`];
  }
  try {
    findings.push(...tracesIn(world, server.parts.states.snapshotOf(alpha.id)));
    for (const route of world.routes) findings.push(...(await answers(world, route)));
    findings.push(...(await leftOver(world, before)));
    findings.push(...(await takenOver(world)));
  } finally {
    await switchModules(world, { enable: [plugin.code] });
  }
  return findings;
}

/** What a snapshot still holds of a plugin. */
export function tracesIn({ plugin, server, routes }: ContractWorld, snapshot: Snapshot): Findings {
  const { code } = plugin;
  const has = (things: Iterable<{ readonly plugin: string }>): boolean =>
    [...things].some((thing) => thing.plugin === code);
  const installed = server.modules.installed.get(code);
  const { translator, hooks, entitlements, menus } = server.parts;
  const { translator: texts, blocks } = new Frames({ translator, hooks, entitlements, menus }).textsOf(
    snapshot,
  );
  const words = texts.words('en');
  const label = plugin.menu[0]?.label ?? Object.values(plugin.permissions)[0]?.label;
  const left: readonly (readonly [string, boolean])[] = [
    ['its code', snapshot.isOn(code)],
    ['routes', has(snapshot.routes()) && routes.length > 0],
    ['menu items', has(snapshot.menu)],
    ['permissions', Object.keys(plugin.permissions).some((name) => snapshot.permissions.has(name))],
    ['features', has(snapshot.features.values())],
    ['limits', has(snapshot.limits.values())],
    [
      'subscribers',
      (installed?.subscriptions ?? []).some(({ event }) => has(snapshot.subscribers(event.name))),
    ],
    ['hooks', (installed?.taps ?? []).some(({ hook }) => has(snapshot.taps(hook.name)))],
    ['jobs', has(snapshot.jobs.values())],
    ['widgets', has(snapshot.widgets)],
    ['steps of the checklist', has(snapshot.checklist)],
    ['key figures', has(snapshot.figures)],
    ['things to do', has(snapshot.todos)],
    ['blocks', has(snapshot.blocks.values()) || plugin.blocks.some(({ type }) => blocks.has(type))],
    ['health checks', has(snapshot.healthChecks)],
    ['things to look at', has(snapshot.attention)],
    ['texts', label !== undefined && label.startsWith(`${code}.`) && words.has(label)],
  ];
  return left
    .filter(([, there]) => there)
    .map(([what]) => `turned off, the plugin still has ${what} in the snapshot`);
}

async function answers(world: ContractWorld, route: RouteDefinition): Promise<Findings> {
  const { server, alpha, first, people, plugin } = world;
  const path = pathOf(route);
  const scope = route.scope === 'global' ? 'global' : 'platform';
  const findings: Findings = [];
  const snapshot = server.parts.states.snapshotOf(alpha.id);
  const who =
    route.surface === 'admin'
      ? people.admin
      : route.surface === 'storefront'
        ? people.customer
        : people.owner;
  const client = await world.as(who, first, route);
  for (const method of METHODS) {
    const found = snapshot.find(route.surface, route.kind, scope, method, path);
    // Another module's page of that address is not the plugin's.
    if (found && 'mounted' in found && found.mounted.plugin !== plugin.code) continue;
    if (found && 'allowed' in found) continue;
    const { status } = await client.request(method, path);
    // Who sends webhooks is asked to try again; nothing else of a module that is off answers.
    if (
      route.surface === 'webhook' &&
      (method === route.method || (method === 'HEAD' && route.method === 'GET'))
    ) {
      if (status !== 503)
        findings.push(`turned off, ${routeName(route)} answers ${status} to ${method}, not 503`);
    } else if (status !== 404)
      findings.push(`turned off, ${routeName(route)} answers ${status} to ${method}`);
  }
  return findings;
}

/** Two modules that are on cannot claim one path: the plan says so. */
async function claimFindings(world: ContractWorld): Promise<Findings> {
  if (world.routes.every(({ fallback }) => fallback)) return [];
  try {
    await world.server.parts.modules.plan(world.adminContext(), { enable: [CLAIMER], disable: [] });
    return ['another module that claims the same paths can be turned on beside the plugin'];
  } catch (error) {
    return error instanceof ModulePathConflict ? [] : [messageOf(error)];
  }
}

async function takenOver(world: ContractWorld): Promise<Findings> {
  const { first, routes } = world;
  const route = routes.find(
    ({ method, fallback, surface }) => method === 'GET' && !fallback && surface !== 'webhook',
  );
  if (!route) return [];
  await switchModules(world, { enable: [CLAIMER] });
  try {
    const answer = await (await world.as(null, first, route)).get(pathOf(route));
    return answer.text.includes(CLAIMER)
      ? []
      : [`another module that takes over ${routeName(route)} is not asked: ${answer.status}`];
  } finally {
    await switchModules(world, { disable: [CLAIMER] });
  }
}

interface PublicTraces {
  readonly sitemap: readonly string[];
}

/** Addresses that the plugin alone tells to search engines. */
async function publicTraces({ server, first, plugin }: ContractWorld): Promise<PublicTraces> {
  const sitemap = server.modules.installed.get(plugin.code)?.sitemap;
  const entries: readonly SitemapEntry[] = sitemap
    ? await sitemap(server.context({ platform: first.platform, surface: 'platform' }))
    : [];
  return { sitemap: entries.map(({ path }) => path) };
}

async function leftOver({ server, alpha, plugin }: ContractWorld, before: PublicTraces): Promise<Findings> {
  const client = server.client({ root: `/platforms/${alpha.code}` });
  const sitemap = (await client.get('/sitemap.xml')).expect(200).text;
  const document = (await client.get('/api/v1/openapi.json'))
    .expect(200)
    .json<{ tags: { name: string }[] }>();
  return [
    ...before.sitemap
      .filter((path) => path !== '/' && sitemap.includes(`/platforms/${alpha.code}${path}<`))
      .map((path) => `turned off, ${path} is still in the sitemap`),
    ...(document.tags.some(({ name }) => name === plugin.code)
      ? ['turned off, the plugin is still in the API document']
      : []),
  ];
}

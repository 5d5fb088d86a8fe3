import assert from 'node:assert/strict';
import { defineRoute, type AnyPlugin } from '../src/index.js';
import type { Snapshot } from '../src/kernel/snapshot/Snapshot.js';
import { absenceFindings, tracesIn } from '../src/testing/contract/absence.js';
import { keepsDataFindings } from '../src/testing/contract/keepsData.js';
import { bootFindings, manifestFindings } from '../src/testing/contract/manifestFindings.js';
import { openHandleFindings } from '../src/testing/contract/openHandles.js';
import {
  labelFindings,
  localeFindings,
  referenceFindings,
} from '../src/testing/contract/referenceFindings.js';
import { apiFindings, routeFindings } from '../src/testing/contract/routeFindings.js';
import { routeSweepFindings } from '../src/testing/contract/routeSweep.js';
import { migrationFindings, schemaFindings } from '../src/testing/contract/schemaFindings.js';
import type { ContractSubject, Findings } from '../src/testing/contract/subject.js';
import { tableSweepFindings } from '../src/testing/contract/tableSweep.js';
import { templateFindings } from '../src/testing/contract/templateFindings.js';
import { openWorld, type ContractWorld } from '../src/testing/contract/world.js';
import { describePlugin } from '../src/testing/index.js';
import { badPlugin, cleanUpAfterBadPlugin, fickleMigration } from './badPlugin.js';
import { samplePlugin } from './samplePlugin.js';

describePlugin(samplePlugin);

describe('the contract of plugins, broken by a bad one [module:core]', () => {
  const bad = (change: Readonly<Record<string, unknown>> = {}): ContractSubject => ({
    plugin: badPlugin(change),
    with: [],
  });
  const finds = (findings: Findings, ...expected: readonly RegExp[]): void => {
    for (const pattern of expected)
      assert.ok(
        findings.some((finding) => pattern.test(finding)),
        `nothing like ${pattern} in:\n${findings.join('\n')}`,
      );
  };
  after(cleanUpAfterBadPlugin);

  it('finds unknown keys, and permissions of others', () => {
    const plugin = {
      ...badPlugin(),
      colour: 'red',
      permissions: { 'other.things.view': { audience: 'store', label: 'x' } },
    } as AnyPlugin;
    finds(manifestFindings({ plugin, with: [] }), /P100.*unknown key 'colour'/, /P504.*bad\.things\.view/);
    finds(
      manifestFindings({
        plugin: { ...badPlugin(), permissions: { 'other.things.view': { audience: 'store', label: 'x' } } },
        with: [],
      }),
      /P103.*other\.things\.view/,
    );
  });

  it('finds a service that cannot be made from what is declared', () => {
    const services = { desk: ({ catalog }: { catalog: { size(): number } }) => ({ size: catalog.size() }) };
    finds(bootFindings(bad({ services })), /P403.*'bad\.desk'/);
  });

  it('finds routes without access, and parameters that no schema knows', () => {
    const open = {
      ...defineRoute({
        method: 'GET',
        path: '/open',
        surface: 'store',
        kind: 'page',
        access: 'public',
        handle: () => null,
      }),
      access: '',
    };
    finds(routeFindings(bad()), /GET \/forgotten\/:id has the parameter 'id'/);
    finds(
      routeFindings(bad({ routes: () => [open, { ...open, access: 'public', input: undefined }] })),
      /GET \/open does not say who may call it/,
      /GET \/open has no input schema/,
    );
  });

  it('finds undocumented routes, and examples that do not fit', () => {
    finds(
      apiFindings(bad()),
      /POST \/things has no summary/,
      /POST \/things has no output/,
      /GET \/things\/:id: its example does not fit/,
      /DELETE \/things\/:id has input but no example/,
    );
  });

  it('finds names of permissions, features, menu items and pages that nobody declared', () => {
    const routes = () => [
      defineRoute({
        method: 'GET',
        path: '/x',
        surface: 'store',
        kind: 'page',
        access: 'bad.x.view',
        feature: 'bad_x',
        menu: 'x',
        handle: () => null,
      }),
    ];
    finds(
      referenceFindings(bad({ routes })),
      /needs the permission 'bad\.x\.view'/,
      /needs the feature 'bad_x'/,
      /names the menu item 'x'/,
    );
    finds(referenceFindings(bad()), /'things' leads to store \/nowhere/);
  });

  it('finds labels without a text', () => {
    finds(
      labelFindings(bad()),
      /'bad\.permission\.nobodyWrote' of the permission .* in 'en'/,
      /'bad\.menu\.things' of the menu item 'things' has no text in 'fr'/,
    );
  });

  it('finds texts that a language lacks, or says with other parameters', () => {
    finds(
      localeFindings(bad()),
      /'bad\.menu\.things' is missing in 'fr'/,
      /'bad\.greeting' takes \{vorname\} in 'de'/,
    );
    finds(
      localeFindings(bad({ locales: new URL('./bad-plugin/nowhere', import.meta.url) })),
      /cannot be read/,
    );
  });

  it('finds templates that are not there, or refer to what is not there', () => {
    finds(
      templateFindings(bad()),
      /partial 'bad\/nowhere' does not exist/,
      /an inline script/,
      /'bad\/missing' is named/,
    );
  });

  it('finds migrations that differ each time', async () => {
    finds(
      await migrationFindings(bad({ migrations: [fickleMigration] })),
      /makes other statements each time/,
      /fickle/,
    );
  });

  it('finds tables without row-level security, and with names of others', async () => {
    finds(
      await schemaFindings(bad()),
      /bad_thing: row-level security is off/,
      /foreign_name does not start with 'bad_'/,
    );
  });

  it('finds rows that others see, change, delete and add', async () => {
    finds(
      await tableSweepFindings(bad()),
      /bad_thing: another merchant sees/,
      /bad_thing: another merchant can change/,
      /bad_thing: another store of the same merchant can delete/,
      /bad_thing: another merchant can add rows/,
    );
  });

  it('finds what a process would be kept alive by', async () => {
    finds(await openHandleFindings(bad()), /Timeout/);
    cleanUpAfterBadPlugin();
  });

  describe('on two platforms', () => {
    let world: ContractWorld;
    before(async () => {
      world = await openWorld(bad());
    });
    after(() => world.server.stop());

    it('finds routes that break, and answers for ids of others', async () => {
      finds(
        await routeSweepFindings(world),
        /GET \/broken answers 500 to its own tenant/,
        /logged while routes were called: .*broken on purpose/,
        /GET \/things\/:id answers 200 to another merchant/,
        /GET \/things\/:id answers 200 to another store/,
        /DELETE \/things\/:id answers 204/,
        /changed rows of a tenant/,
      );
    });

    it('finds rows that are gone after the plugin was off', async () => {
      const { people, first } = world;
      const client = await world.as(people.owner, first, { surface: 'store', kind: 'api' });
      (
        await client.post('/things', { json: { id: '0190f3a0-0000-7000-8000-000000000002', name: 'x' } })
      ).expect(200);
      finds(await keepsDataFindings(world), /bad_thing had 1 rows, 0 when the plugin was off/);
    });
  });

  it('finds a plugin that cannot be turned off', async () => {
    const world = await openWorld(bad({ isCore: true }));
    try {
      finds(await absenceFindings(world), /cannot be turned off/);
    } finally {
      await world.server.stop();
    }
  });

  it('knows every trace that a plugin leaves in a snapshot', async () => {
    const world = await openWorld({ plugin: samplePlugin, with: [] });
    try {
      const on = world.server.parts.states.snapshotOf(world.alpha.id) as Snapshot;
      const traces = [
        'its code',
        'routes',
        'menu items',
        'permissions',
        'features',
        'limits',
        'subscribers',
        'hooks',
        'jobs',
        'widgets',
        'blocks',
        'health checks',
        'texts',
      ];
      assert.deepEqual(
        tracesIn(world, on),
        traces.map((what) => `turned off, the plugin still has ${what} in the snapshot`),
      );
    } finally {
      await world.server.stop();
    }
  });
});

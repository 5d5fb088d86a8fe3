import { strict as assert } from 'node:assert';
import type { AnyPlugin } from '../../kernel/plugin.js';
import { absenceFindings } from './absence.js';
import { keepsDataFindings } from './keepsData.js';
import { bootFindings, manifestFindings } from './manifestFindings.js';
import { openHandleFindings } from './openHandles.js';
import { labelFindings, localeFindings, referenceFindings, trailFindings } from './referenceFindings.js';
import { refusalFindings } from './refusalFindings.js';
import { apiFindings, routeFindings } from './routeFindings.js';
import { routeSweepFindings } from './routeSweep.js';
import { migrationFindings, schemaFindings } from './schemaFindings.js';
import type { ContractSubject, Findings } from './subject.js';
import { tableSweepFindings } from './tableSweep.js';
import { templateFindings } from './templateFindings.js';
import { openWorld, type ContractOptions, type ContractWorld } from './world.js';

/** Checks of a plugin by itself, or with a database. */
const PLUGIN_CHECKS: Readonly<Record<string, (subject: ContractSubject) => Findings | Promise<Findings>>> = {
  'has a valid manifest': manifestFindings,
  'boots alone, with stand-ins for what it requires': bootFindings,
  'says of every route who may call it and what it takes': routeFindings,
  'documents every route of its API, with an example that fits': apiFindings,
  'declares every permission, menu item and feature it names': referenceFindings,
  'has texts for the labels of menu and permissions': labelFindings,
  'has every text in every language': localeFindings,
  'says in every language what it refuses, and why': refusalFindings,
  'has a sentence in every language for what it writes into the audit trail': trailFindings,
  'has every template it names, and all can be compiled': templateFindings,
  'migrates an empty database, and nothing a second time': migrationFindings,
  'has tables that keep tenants apart': schemaFindings,
  'shows no row to another tenant, nor lets it write one': tableSweepFindings,
};

/** Checks of a running server with two platforms that have the plugin. */
const SERVER_CHECKS: Readonly<Record<string, (world: ContractWorld) => Promise<Findings>>> = {
  'answers no other tenant, at its address or with its ids': routeSweepFindings,
  'is not there when it is off': absenceFindings,
  'keeps its rows while it is off': keepsDataFindings,
};

/** Checks that start and stop servers of their own. */
const PROCESS_CHECKS: Readonly<Record<string, (subject: ContractSubject) => Promise<Findings>>> = {
  'stops without anything left open': openHandleFindings,
};

/**
 * The contract that every plugin keeps, as a suite: `describePlugin(inventory, { with: [catalog] })`.
 */
export function describePlugin(plugin: AnyPlugin, options: ContractOptions = {}): void {
  const subject: ContractSubject = { plugin, with: options.with ?? [] };
  describe(`the contract of plugins, kept by ${plugin.code} [module:${plugin.code}]`, () => {
    for (const [title, check] of Object.entries({ ...PLUGIN_CHECKS, ...PROCESS_CHECKS })) {
      it(title, async () => {
        nothingFound(await check(subject));
      });
    }
    describe('on two platforms', () => {
      let world: ContractWorld;
      before(async () => {
        world = await openWorld(subject, options);
      });
      after(() => world.server.stop());
      for (const [title, check] of Object.entries(SERVER_CHECKS))
        it(title, async () => {
          nothingFound(await check(world));
        });
    });
  });
}

function nothingFound(findings: Findings): void {
  assert.ok(findings.length === 0, `${findings.length} findings:\n- ${findings.join('\n- ')}`);
}

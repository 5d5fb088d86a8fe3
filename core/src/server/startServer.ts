import { createServer, type Server } from 'node:http';
import type { Logger } from 'pino';
import { corePlugin } from '../builtin/core/plugin.js';
import { platformAdminPlugin } from '../builtin/platform-admin/plugin.js';
import type { Config } from '../config/config.js';
import { Bus } from '../database/Bus.js';
import { Database } from '../database/Database.js';
import { databaseConfig } from '../database/config.js';
import { checkServingRole } from '../database/servingRole.js';
import { systemClock, type Clock } from '../kernel/clock.js';
import type { Host } from '../kernel/host.js';
import type { AnyPlugin } from '../kernel/plugin.js';
import { ModuleSync } from '../modules/enablement/ModuleSync.js';
import { ensurePlatforms } from '../tenancy/ensurePlatforms.js';
import { bootModules, startModules, type Modules } from './bootModules.js';
import { checkHosts } from './checkHosts.js';
import { collectPlugins } from './collectPlugins.js';
import { Contexts } from './contexts.js';
import { declaredPlugins } from './declaredPlugins.js';
import { bringDemo, refuseDemoInProduction } from './demo.js';
import { bringFirstContent } from './firstContent.js';
import { listen } from './listen.js';
import { localSecret } from './localSecret.js';
import { TemplateMails } from './mailTemplates.js';
import { makeApp } from './makeApp.js';
import { makeLogger } from './makeLogger.js';
import { makeParts, type ServerParts } from './makeParts.js';
import { openDatabase, type OpenDatabase } from './openDatabase.js';
import { prepareSchema } from './prepareSchema.js';
import { renderParts } from './renderParts.js';
import { tellPlugins } from './tellPlugins.js';
import { startJobs, type RunningJobs } from './startJobs.js';

export interface ServerOptions {
  readonly hosts: readonly Host[];
  readonly config: Config;
  readonly clock?: Clock;
  readonly logger?: Logger;
  /** Replaces the database of the configuration; for tests. */
  readonly database?: OpenDatabase;
  /** False makes everything but opens no port; for commands and in-process tests. */
  readonly listen?: boolean;
  /** False leaves jobs to other processes. */
  readonly jobs?: boolean;
  /** True brings back demo data that were removed; else they are brought once. */
  readonly demoAgain?: boolean;
  /** Milliseconds between two looks for changes that were not heard of. */
  readonly pollMs?: number;
}

export interface RunningServer {
  /** `http://localhost:8000`; empty without a port. */
  readonly url: string;
  readonly port: number;
  readonly parts: ServerParts;
  readonly modules: Modules;
  readonly contexts: Contexts;
  readonly sync: ModuleSync;
  readonly hosts: readonly Host[];
  readonly http: Server;
  /** Takes no new requests, lets running ones end, stops jobs, plugins, then the database. Safe to call twice. */
  stop(): Promise<void>;
}

/** Brings up everything in order; what was started is stopped again when a later step fails. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { hosts, config } = options;
  const clock = options.clock ?? systemClock;
  const logger = options.logger ?? makeLogger(config);
  const undo: (() => Promise<unknown>)[] = [];
  const unwind = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse())
      await step().catch((error: unknown) => {
        logger.warn({ err: error }, 'a step of stopping failed');
      });
  };
  try {
    return await start({ hosts, config, clock, logger, options, undo, unwind });
  } catch (error) {
    await unwind();
    throw error;
  }
}

async function start({
  hosts,
  config,
  clock,
  logger,
  options,
  undo,
  unwind,
}: {
  hosts: readonly Host[];
  config: Config;
  clock: Clock;
  logger: Logger;
  options: ServerOptions;
  undo: (() => Promise<unknown>)[];
  unwind: () => Promise<void>;
}): Promise<RunningServer> {
  const composed = collectPlugins(hosts);
  const place = options.database ?? (await openDatabase(config, logger));
  undo.push(() => place.stop());
  const databaseOptions = databaseConfig({
    appUrl: place.appUrl,
    poolSize: config.database.poolSize,
    statementNames: config.database.statementNames,
  });
  const database = new Database(databaseOptions, { log: logger });
  undo.push(() => database.close());
  const bus = new Bus({ url: place.directUrl, log: logger });
  undo.push(() => bus.close());
  // The database answers while the parts are made.
  const fit = begun(checkServingRole(database, place.appUrl));
  const listening = begun(bus.start());

  const { renderer, assets } = renderParts(composed);
  const mailRenderer = new TemplateMails(renderer);
  // The core plugins hold the parts, and the parts must know all plugins: the list is filled before anybody reads it.
  const plugins: AnyPlugin[] = [];
  plugins.push(...composed);
  const parts = makeParts({
    config,
    clock,
    logger,
    database,
    bus,
    hosts,
    plugins: declaredPlugins(hosts),
    secret: localSecret(config),
    mailRenderer,
  });
  mailRenderer.use(parts.translator);
  plugins.unshift(corePlugin(parts), platformAdminPlugin(parts));
  checkHosts(hosts, plugins.slice(0, 2));

  await fit;
  await prepareSchema(place, database, plugins, logger);
  await listening;
  await ensurePlatforms(database, hosts, clock.now());
  await parts.tenants.load();
  await parts.servedHosts.load();
  const modules = bootModules(
    parts,
    plugins,
    hosts.every((host) => host.onBootFailure === 'degrade') ? 'degrade' : 'abort',
  );
  tellPlugins(parts, modules);
  const sync = new ModuleSync({
    database,
    bus,
    states: parts.states,
    clock,
    logger,
    ...(options.pollMs === undefined ? {} : { pollMs: options.pollMs }),
  });
  await sync.load();
  const contexts = new Contexts({ config, clock, database, states: parts.states, tenants: parts.tenants });
  await bringFirstContent(parts, modules, contexts);
  parts.platformSetup.bring = async (platformId) => {
    await parts.modules.refresh(platformId);
    await bringFirstContent(parts, modules, contexts);
  };
  await refuseDemoInProduction(parts);
  if (config.demo) await bringDemo(parts, modules, contexts, options.demoAgain === true);
  // What did start is stopped also when a later one fails.
  undo.push(async () => {
    for (const failure of await modules.kernel.stop()) logger.warn(failure, 'a plugin did not stop well');
  });
  if (await startModules(parts, modules)) await sync.load();
  for (const { code, state, reason } of modules.kernel.report)
    if (state !== 'ready')
      logger.error({ plugin: code, state, reason }, 'a plugin did not come up; the others run without it');
  await sync.start();
  undo.push(() => sync.stop());

  let jobs: RunningJobs | undefined;
  const readiness = {
    problems: async (): Promise<readonly string[]> => {
      const problems: string[] = [];
      await database
        .system((tx) => tx.query('select 1'))
        .catch(() => problems.push('the database does not answer'));
      if (!bus.isConnected) problems.push('changes of other nodes are not heard');
      if (options.jobs !== false && !jobs?.isRunning) problems.push('jobs are not running yet');
      return problems;
    },
  };
  const app = makeApp(parts, { renderer, assets, readiness });
  const http = createServer(app.callback());
  let port = 0;
  if (options.listen !== false) {
    port = await listen(http, config);
    undo.push(() => closeServer(http));
  }
  if (options.jobs !== false) {
    jobs = startJobs(parts, contexts, place.directUrl);
    undo.push(() => (jobs as RunningJobs).stop());
  }
  let stopping: Promise<void> | undefined;
  return {
    url: options.listen === false ? '' : `http://localhost:${port}`,
    port,
    parts,
    modules,
    contexts,
    sync,
    hosts,
    http,
    stop: () => (stopping ??= unwind()),
  };
}

/** What is waited for later: until then its failure is nobody's. */
function begun<Result>(work: Promise<Result>): Promise<Result> {
  work.catch(() => undefined);
  return work;
}

async function closeServer(http: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    http.close(() => {
      resolve();
    });
  });
  http.closeIdleConnections();
  const timer = setTimeout(() => {
    http.closeAllConnections();
  }, 10_000);
  await closed;
  clearTimeout(timer);
}

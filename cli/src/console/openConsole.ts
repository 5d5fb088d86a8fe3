import { start, type REPLServer } from 'node:repl';
import { createContext, runInContext } from 'node:vm';
import type { TenantContext } from '@wizamart/core';
import type { RunningServer } from '@wizamart/core/server';
import { unknown } from '../errors.js';
import { platformOf, withServer } from '../installation/withServer.js';
import { bold } from '../output/paint.js';
import { print, printJson } from '../output/print.js';
import { loadModels } from './loadModels.js';

export interface ConsoleOptions {
  readonly platform?: string | undefined;
  readonly store?: string | undefined;
  readonly eval?: string | undefined;
}

/** Opens a prompt that acts as the system itself in one tenant; what is written there is audited like everything else. */
export function openConsole(options: ConsoleOptions): Promise<void> {
  return withServer(async (server) => {
    const world = await worldOf(server, await contextOf(server, options));
    if (options.eval !== undefined) return printJson(await evaluate(options.eval, world));
    const { ctx } = world;
    print(
      `${bold(`${ctx.platform.name}${ctx.store ? ` / ${ctx.store.name}` : ''}`)}, acting as the system. At hand:`,
      '  ctx                the tenant, first argument of every service method',
      `  services           ${Object.keys(world.services).join(', ')}`,
      `  models             ${Object.keys(world.models).join(', ') || '– (found where packages have sources)'}`,
      '  unit((ctx) => …)   work in a transaction of this tenant',
      '  platform(code), store(code)   contexts of others',
      '',
    );
    await closed(
      start({ prompt: `${ctx.platform.code}${ctx.store ? `/${ctx.store.code}` : ''}> `, useGlobal: false }),
      world,
    );
  });
}

async function worldOf(server: RunningServer, ctx: TenantContext) {
  const { kernel, installed } = server.modules;
  const services = Object.fromEntries(
    [...installed.keys()].map((code) => [code, kernel.container.wiringOf(code)]),
  );
  return {
    server,
    ctx,
    services,
    models: await loadModels(),
    database: server.parts.database,
    unit: <Result>(work: (inside: TenantContext) => Promise<Result>) =>
      server.parts.database.unit(ctx, work as never) as Promise<Result>,
    platform: (code: string) => contextOf(server, { platform: code }),
    store: (code: string) => contextOf(server, { platform: ctx.platform.code, store: code }),
  };
}

type World = Awaited<ReturnType<typeof worldOf>>;

async function contextOf(
  server: RunningServer,
  { platform: code, store: storeCode }: ConsoleOptions,
): Promise<TenantContext> {
  const { tenants } = server.parts;
  const platform = platformOf(server, code ?? server.hosts[0]?.code ?? 'main');
  if (storeCode === undefined) return server.contexts.forSystem('wizamart console', platform);
  const store = await tenants.storeByCode(platform, storeCode);
  if (!store) throw unknown('store', storeCode, await storeCodes(server, platform.id));
  return server.contexts.forSystem('wizamart console', platform, store);
}

async function storeCodes(server: RunningServer, platformId: string): Promise<string[]> {
  const rows = await server.parts.database.system((tx) =>
    tx.query<{ code: string }>(
      'select s.code from core_store s join core_store_platform p on p.store_id = s.id where p.platform_id = $1 order by s.code limit 1000',
      [platformId],
    ),
  );
  return rows.map((row) => row.code);
}

async function evaluate(code: string, world: World): Promise<unknown> {
  const context = createContext({ ...world });
  const isExpression = !/;|\breturn\b/.test(code);
  return (
    (await (runInContext(
      `(async () => { ${isExpression ? `return (${code})` : code} })()`,
      context,
    ) as Promise<unknown>)) ?? null
  );
}

function closed(prompt: REPLServer, world: World): Promise<void> {
  Object.assign(prompt.context, world);
  return new Promise((resolve) => {
    prompt.once('exit', resolve);
  });
}

import { defineCommand } from 'citty';
import { DomainError } from '@wizamart/core';
import { ConfigError, readConfig, startServer, type RunningServer } from '@wizamart/core/server';
import { failWell } from '../failWell.js';
import { loadHosts } from '../loadHosts.js';

const change = {
  platform: { type: 'positional', required: true, description: 'Code of the platform.' },
  enable: { type: 'string', description: 'Codes to turn on, separated by commas.' },
  disable: { type: 'string', description: 'Codes to turn off, separated by commas.' },
  json: { type: 'boolean', description: 'Answer as JSON.' },
} as const;

const list = defineCommand({
  meta: { name: 'list', description: 'Shows a platform’s modules.' },
  args: { platform: change.platform, json: change.json },
  run: ({ args }) => withPlatform(args.platform, async (server, ctx) => {
    const { revision, modules } = server.parts.modules.list(ctx);
    if (args.json) return print({ revision, modules });
    for (const module of modules) {
      process.stdout.write(`${module.isOn ? 'on ' : 'off'}  ${module.code.padEnd(16)} ${module.isCore ? 'core' : module.needs.length > 0 ? `needs ${module.needs.join(', ')}` : ''}\n`);
    }
    process.stdout.write(`revision ${revision}\n`);
  }),
});

const plan = defineCommand({
  meta: { name: 'plan', description: 'Shows what a change would take along and make appear or disappear.' },
  args: change,
  run: ({ args }) => withPlatform(args.platform, async (server, ctx) => {
    print(await server.parts.modules.plan(ctx, { enable: codes(args.enable), disable: codes(args.disable) }));
  }),
});

const apply = defineCommand({
  meta: { name: 'apply', description: 'Makes a change with everything that it takes along.' },
  args: { ...change, yes: { type: 'boolean', description: 'Confirms what comes along beside what was named.' } },
  run: ({ args }) => withPlatform(args.platform, async (server, ctx) => {
    const made = await server.parts.modules.plan(ctx, { enable: codes(args.enable), disable: codes(args.disable) });
    const along = [...made.alsoEnable.map((code) => `turns on ${code}`), ...made.alsoDisable.map((code) => `turns off ${code}`)];
    if (along.length > 0 && !args.yes) throw new ConfigError(`this also ${along.join(', ')}; say --yes to do all of it`);
    const { revision } = await server.parts.modules.apply(ctx, made);
    if (args.json) return print({ revision, enable: made.enable, disable: made.disable });
    process.stdout.write(`done: on ${made.enable.join(', ') || '–'}; off ${made.disable.join(', ') || '–'}; revision ${revision}\n`);
  }),
});

export const modules = defineCommand({
  meta: { name: 'modules', description: 'Shows and changes which modules are on for a platform.' },
  subCommands: { list, plan, apply },
});

type SystemContext = ReturnType<RunningServer['contexts']['forSystem']>;

function withPlatform(code: string, work: (server: RunningServer, ctx: SystemContext) => Promise<void>): Promise<void> {
  return failWell(async () => {
    const server = await startServer({ hosts: await loadHosts(), config: { ...readConfig(), logLevel: 'warn' }, listen: false, jobs: false });
    try {
      const platform = server.parts.tenants.platformByCode(code);
      if (!platform) throw new ConfigError(`there is no platform '${code}'; there are: ${server.parts.tenants.platforms().map((known) => known.code).join(', ')}`);
      await work(server, server.contexts.forSystem('wizamart modules', platform));
    } catch (error) {
      if (error instanceof DomainError) throw new ConfigError(`${error.code}: ${error.message}`);
      throw error;
    } finally {
      await server.stop();
    }
  });
}

const codes = (list: string | undefined): string[] => (list ?? '').split(',').map((code) => code.trim()).filter((code) => code !== '');
const print = (value: unknown): void => { process.stdout.write(`${JSON.stringify(value, null, 2)}\n`); };

import { defineCommand } from 'citty';
import { unknown, UsageError } from '../errors.js';
import { withPlatform } from '../installation/withServer.js';
import { green, dim } from '../output/paint.js';
import { print, printJson, printTable } from '../output/print.js';

const change = {
  platform: { type: 'positional', required: true, description: 'Code of the platform.' },
  enable: { type: 'string', description: 'Codes to turn on, separated by commas.' },
  disable: { type: 'string', description: 'Codes to turn off, separated by commas.' },
  json: { type: 'boolean', description: 'Answer as JSON.' },
} as const;

const list = defineCommand({
  meta: { name: 'list', description: 'Shows a platform’s modules.' },
  args: { platform: change.platform, json: change.json },
  run: ({ args }) =>
    withPlatform(args.platform, 'modules', async (server, ctx) => {
      const { revision, modules } = server.parts.modules.list(ctx);
      if (args.json) return printJson({ revision, modules });
      printTable(
        ['module', 'state', 'needs', 'used by'],
        modules.map((module) => [
          module.code,
          module.isOn ? green(module.isCore ? 'on (core)' : 'on') : dim('off'),
          module.needs.join(', '),
          module.usedBy.join(', '),
        ]),
      );
      print(`revision ${revision}`);
    }),
});

const plan = defineCommand({
  meta: { name: 'plan', description: 'Shows what a change would take along and make appear or disappear.' },
  args: change,
  run: ({ args }) =>
    withPlatform(args.platform, 'modules', async (server, ctx) => {
      const made = await server.parts.modules.plan(ctx, wanted(args, server.parts.modules.list(ctx).modules));
      if (args.json) return printJson(made);
      print(`turns on:  ${made.enable.join(', ') || '–'}`, `turns off: ${made.disable.join(', ') || '–'}`);
      for (const code of made.alsoEnable) print(`comes along: ${code}`);
      for (const code of made.alsoDisable) print(`goes along: ${code}`);
      print(...impactLines(made.impact.appears, '+'), ...impactLines(made.impact.disappears, '-'));
      print(`stores concerned: ${made.impact.stores}; data are kept`);
      print(`revision ${made.revision}`);
    }),
});

const apply = defineCommand({
  meta: { name: 'apply', description: 'Makes a change with everything that it takes along.' },
  args: {
    ...change,
    yes: { type: 'boolean', description: 'Confirms what comes along beside what was named.' },
  },
  run: ({ args }) =>
    withPlatform(args.platform, 'modules', async (server, ctx) => {
      const made = await server.parts.modules.plan(ctx, wanted(args, server.parts.modules.list(ctx).modules));
      const along = [
        ...made.alsoEnable.map((code) => `turns on ${code}`),
        ...made.alsoDisable.map((code) => `turns off ${code}`),
      ];
      if (along.length > 0 && !args.yes)
        throw new UsageError(`this also ${along.join(', ')}; say --yes to do all of it`);
      const { revision } = await server.parts.modules.apply(ctx, made);
      if (args.json) return printJson({ revision, enable: made.enable, disable: made.disable });
      print(
        `done: on ${made.enable.join(', ') || '–'}; off ${made.disable.join(', ') || '–'}; revision ${revision}`,
      );
    }),
});

export const modules = defineCommand({
  meta: { name: 'modules', description: 'Shows and changes which modules are on for a platform.' },
  subCommands: { list, plan, apply },
});

interface Change {
  readonly enable: string[];
  readonly disable: string[];
}

function wanted(
  args: { readonly enable?: string | undefined; readonly disable?: string | undefined },
  modules: readonly { readonly code: string }[],
): Change {
  const known = modules.map(({ code }) => code);
  const made = { enable: codes(args.enable), disable: codes(args.disable) };
  for (const code of [...made.enable, ...made.disable])
    if (!known.includes(code)) throw unknown('module', code, known);
  if (made.enable.length + made.disable.length === 0)
    throw new UsageError('say what to change: --enable a,b or --disable c');
  return made;
}

const codes = (words: string | undefined): string[] =>
  (words ?? '')
    .split(',')
    .map((code) => code.trim())
    .filter((code) => code !== '');

const impactLines = (impact: object, sign: string): string[] =>
  Object.entries(impact as Record<string, readonly string[]>).flatMap(([kind, names]) =>
    names.map((name) => `${sign} ${wordFor(kind)}: ${name}`),
  );

const wordFor = (kind: string): string =>
  kind.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replace(/s$/, '');

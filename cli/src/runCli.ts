import { renderUsage, runCommand, type ArgsDef, type CommandDef } from 'citty';
import { commandTree } from './commandTree.js';
import { unknown, UsageError, wordsFor } from './errors.js';
import { hasColours, withoutColours } from './output/paint.js';
import { print } from './output/print.js';
import { version } from './version.js';

/**
 * Runs the command that the words name.
 *
 * @returns the exit code: 0 done, 1 failed or found something wrong, 2 called in a way that is not understood
 */
export async function runCli(words: readonly string[]): Promise<number> {
  try {
    if (words.length === 1 && ['--version', '-v'].includes(words[0] as string)) {
      print(version);
      return 0;
    }
    const { command, parent, path, rest } = await find(words);
    if (beforeDashes(words).some((word) => word === '--help' || word === '-h')) {
      print(await usage(command, parent, path));
      return 0;
    }
    if (command.subCommands && !command.run) {
      process.stderr.write(`${await usage(command, parent, path)}\n`);
      return 2;
    }
    const args = (await resolved(command.args)) ?? {};
    checkOptions(rest, args);
    process.exitCode = 0;
    await runCommand(command, { rawArgs: [...rest] });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    const isUsage = error instanceof UsageError || (error as Error)?.name === 'CLIError';
    process.stderr.write(
      `\n${isUsage ? withoutColours((error as Error).message) : wordsFor(error)}\n${isUsage ? 'See: wizamart --help\n' : ''}\n`,
    );
    return isUsage ? 2 : 1;
  }
}

interface Found {
  readonly command: CommandDef;
  readonly parent: CommandDef | undefined;
  readonly path: readonly string[];
  readonly rest: readonly string[];
}

async function find(words: readonly string[]): Promise<Found> {
  let command = commandTree as CommandDef;
  let parent: CommandDef | undefined;
  const path: string[] = [];
  let rest = words;
  for (;;) {
    const children = await resolved(command.subCommands);
    const [name, ...others] = rest;
    if (!children || name === undefined || name.startsWith('-')) return { command, parent, path, rest };
    const child = (await resolved(children[name])) as CommandDef | undefined;
    if (!child) {
      const known = Object.keys(children);
      throw unknown(path.length === 0 ? 'command' : `command '${path.join(' ')}' with`, name, known);
    }
    parent = command;
    command = child;
    path.push(name);
    rest = others;
  }
}

/** citty takes any option; a mistyped one would be dropped in silence. */
function checkOptions(words: readonly string[], args: ArgsDef): void {
  const known = Object.entries(args)
    .filter(([, arg]) => arg.type !== 'positional')
    .flatMap(([name, arg]) => [
      name,
      ...[('alias' in arg && arg.alias) || []].flat(),
      ...(arg.type === 'boolean' ? [`no-${name}`] : []),
    ]);
  for (const word of beforeDashes(words)) {
    const [, name] = /^--?([^=\d][^=]*)/.exec(word) ?? [];
    if (name === undefined || known.includes(name)) continue;
    throw unknown(
      'option',
      word.replace(/=.*/, ''),
      known.map((option) => `--${option}`),
    );
  }
}

function beforeDashes(words: readonly string[]): readonly string[] {
  const end = words.indexOf('--');
  return end === -1 ? words : words.slice(0, end);
}

async function usage(
  command: CommandDef,
  parent: CommandDef | undefined,
  path: readonly string[],
): Promise<string> {
  // citty names the parent by its own name only: `wizamart modules list` wants the whole way.
  const named =
    parent && path.length > 0 ? { meta: { name: ['wizamart', ...path.slice(0, -1)].join(' ') } } : undefined;
  const text = await renderUsage(command, named);
  return hasColours() ? text : withoutColours(text);
}

async function resolved<Value>(
  value: Value | Promise<Value> | (() => Value | Promise<Value>) | undefined,
): Promise<Value | undefined> {
  return typeof value === 'function' ? await (value as () => Value | Promise<Value>)() : value;
}

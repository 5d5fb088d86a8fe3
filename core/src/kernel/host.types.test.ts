import assert from 'node:assert/strict';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const folder = fileURLToPath(new URL('.', import.meta.url));
const FILE = path.join(folder, 'compiled.virtual.ts');

const PREAMBLE = `
import { defineHost } from './host.js';
import { definePlugin } from './plugin.js';
import { defineService } from './service.js';
import { THEME_PRESETS } from '../tenancy/theme/presets.js';
interface Accounts { find(id: string): string }
const Accounts = defineService<Accounts>()('customers.accounts', { major: 1 });
const customers = definePlugin({ code: 'customers', name: 'Customers', description: 'c', provides: { accounts: Accounts }, services: { accounts: () => ({ find: (id: string) => id }) } });
const loyalty = definePlugin({ code: 'loyalty', name: 'Loyalty', description: 'l', requires: { accounts: Accounts } });
const facts = { code: 'h1', name: 'H', domain: 'h1.lu', theme: THEME_PRESETS.modern } as const;
`;

describe('the types of plugins and hosts [module:core]', () => {
  it('take a host that brings what its plugins require', () => {
    assert.deepEqual(
      compile("defineHost({ ...facts, plugins: [customers, loyalty], modules: { on: ['loyalty'] } });"),
      [],
    );
  });

  it('refuse a host that lacks a required service, in words', () => {
    const [problem = ''] = compile(
      "defineHost({ ...facts, plugins: [loyalty], modules: { on: ['loyalty'] } });",
    );
    assert.match(
      problem,
      /plugin 'loyalty' requires 'customers\.accounts': add the plugin that provides it to the host/,
    );
  });

  it('refuse to turn on a module that is not composed', () => {
    assert.match(
      compile("defineHost({ ...facts, plugins: [customers], modules: { on: ['orders'] } });").join('\n'),
      /'"orders"' is not assignable to type '"customers"'/,
    );
  });

  it('refuse a service that asks for more than its plugin declares', () => {
    const problems = compile(
      "definePlugin({ code: 'greedy', name: 'G', description: 'g', services: { main: ({ accounts }: { accounts: Accounts }) => ({ accounts }) } });",
    );
    assert.match(problems.join('\n'), /this service asks for more than the plugin requires or makes/);
  });

  it('refuse to provide a service of another type than its token says', () => {
    const problems = compile(
      "definePlugin({ code: 'liar', name: 'L', description: 'l', provides: { accounts: Accounts }, services: { accounts: () => ({ find: (id: string) => 3 }) } });",
    );
    assert.match(problems.join('\n'), /does not have the type of the token it provides/);
  });
});

let before: ts.Program | undefined;

/** What the compiler says about a piece of code that follows the preamble. */
function compile(code: string): string[] {
  const options = ts.parseJsonConfigFileContent(
    ts.readConfigFile(path.join(folder, '../../../tsconfig.base.json'), (file) => ts.sys.readFile(file))
      .config,
    ts.sys,
    folder,
    {
      noEmit: true,
      noUnusedLocals: false,
      composite: false,
      declaration: false,
      declarationMap: false,
      emitDeclarationOnly: false,
    },
  ).options;
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => name === FILE || fileExists(name);
  host.getSourceFile = (name, ...rest) =>
    name === FILE
      ? ts.createSourceFile(name, PREAMBLE + code, {
          languageVersion: ts.ScriptTarget.ES2023,
          impliedNodeFormat: ts.ModuleKind.ESNext,
        })
      : (before?.getSourceFile(name) ?? getSourceFile.call(host, name, ...rest));
  before = ts.createProgram([FILE], options, host, before);
  const source = before.getSourceFile(FILE) as ts.SourceFile;
  return [...before.getSyntacticDiagnostics(source), ...before.getSemanticDiagnostics(source)].map(
    ({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'),
  );
}

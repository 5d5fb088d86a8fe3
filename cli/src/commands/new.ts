import path from 'node:path';
import { defineCommand } from 'citty';
import { findWorkspace } from '../installation/findInstallation.js';
import { bold } from '../output/paint.js';
import { print, printJson } from '../output/print.js';
import { format } from '../scaffold/format.js';
import { installAlone, installWorkspace } from '../scaffold/install.js';
import { addHost, addReference } from '../scaffold/joinWorkspace.js';
import { namesOf, type Names } from '../scaffold/names.js';
import { writeScaffold } from '../scaffold/writeScaffold.js';

const args = {
  code: {
    type: 'positional',
    required: true,
    description: 'Its code: lower case letters, digits and dashes.',
  },
  name: { type: 'string', description: 'Name of the package; left out: made from the code.' },
  install: {
    type: 'boolean',
    default: true,
    description: 'Installs what it needs.',
    negativeDescription: 'Only writes the files.',
  },
  json: { type: 'boolean', description: 'Answer as JSON.' },
} as const;

const plugin = defineCommand({
  meta: {
    name: 'plugin',
    description: 'Makes a plugin with a table, a service, an API, a page, texts and tests.',
  },
  args,
  run: async ({ args }) => {
    const made = await make('plugin', args);
    if (args.json) return printJson(made);
    const { names, folder, isAlone } = made;
    print(bold(`${names.package} is in ${folder}`), '');
    print(
      'Test it:',
      isAlone ? `  cd ${names.code} && npm test` : `  npm test -- --module ${names.code}`,
      '',
      'Add it to a host, in its src/index.ts (and its package.json):',
      `  import { ${names.camel} } from '${names.package}';`,
      `  plugins: [cms, ${names.camel}],`,
      `  modules: { on: ['cms', '${names.code}'] },`,
    );
    if (isAlone)
      print('', 'Pack it for a host elsewhere:', '  npm pack    then, there: npm install ../path/to/the.tgz');
    else
      print(
        `  hosts/<host>/package.json: "dependencies": { "${names.package}": "workspace:^" }`,
        `  hosts/<host>/tsconfig.json: "references": [{ "path": "../../${folder}" }]`,
      );
  },
});

const host = defineCommand({
  meta: { name: 'host', description: 'Makes a host, a product composed of plugins, that runs at once.' },
  args,
  run: async ({ args }) => {
    const made = await make('host', args);
    if (args.json) return printJson(made);
    const { names, folder, isAlone } = made;
    print(
      bold(`${names.package} is in ${folder}`),
      '',
      'Start it:',
      isAlone ? `  cd ${names.code} && npm start` : `  npm start -- ${names.code}`,
      '',
      'Then its home page is at:',
      `  http://localhost:${process.env['PORT'] ?? 8000}/platforms/${names.code}/`,
    );
  },
});

export const newPackage = defineCommand({
  meta: { name: 'new', description: 'Makes a plugin or a host that works as it is.' },
  subCommands: { plugin, host },
});

interface Made {
  readonly names: Names;
  /** Seen from the workspace, or from where the command runs. */
  readonly folder: string;
  readonly isAlone: boolean;
  readonly files: readonly string[];
}

async function make(
  kind: 'plugin' | 'host',
  {
    code,
    name,
    install,
  }: { readonly code: string; readonly name?: string | undefined; readonly install: boolean },
): Promise<Made> {
  const workspace = findWorkspace();
  const names = namesOf(code, name ?? `${workspace ? '@wizamart/' : 'wizamart-'}${kind}-${code}`);
  if (workspace === undefined) {
    const folder = path.resolve(code);
    const files = writeScaffold([kind, `alone-${kind}`], folder, names);
    if (install) installAlone(folder);
    return { names, folder: code, isAlone: true, files };
  }
  const folder = `${kind}s/${code}`;
  const files = writeScaffold([kind], path.join(workspace, folder), names);
  await format(
    workspace,
    files.map((file) => `${folder}/${file}`),
  );
  addReference(workspace, folder);
  if (kind === 'host') addHost(workspace, names.package);
  if (install) installWorkspace(workspace);
  return { names, folder, isAlone: false, files };
}

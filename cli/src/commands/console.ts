import { defineCommand } from 'citty';
import { openConsole } from '../console/openConsole.js';
import { rerunFromSources } from '../installation/rerunFromSources.js';

export const console = defineCommand({
  meta: {
    name: 'console',
    description: 'Opens a prompt in a platform or store, with its context, services and models.',
  },
  args: {
    platform: { type: 'string', description: 'Code of the platform; left out: the first one.' },
    store: { type: 'string', description: 'Code of a store of the platform.' },
    eval: {
      type: 'string',
      alias: 'e',
      description: 'Runs this instead of opening a prompt, and prints the result as JSON.',
    },
  },
  async run({ args }) {
    // Models are no public part of a package: they can be had where there are sources.
    const code = await rerunFromSources();
    if (code === undefined) await openConsole(args);
    else process.exitCode = code;
  },
});

import { existsSync } from 'node:fs';
import path from 'node:path';
import { defineCommand } from 'citty';
import { makeLogger, openDatabase, readConfig } from '@wizamart/core/server';
import { Supervisor } from '../dev/Supervisor.js';
import { ownSources, watchSources } from '../dev/watchSources.js';
import { CommandError } from '../errors.js';
import { findInstallation } from '../installation/findInstallation.js';
import { folderOf, ownPackages } from '../installation/packages.js';
import { sourceRun } from '../installation/sources.js';
import { dim, green, red } from '../output/paint.js';
import { print } from '../output/print.js';
import { stopWithParent } from '../stopWithParent.js';

export const dev = defineCommand({
  meta: {
    name: 'dev',
    description: 'Serves from the sources and starts anew, within a second, when one of them changes.',
  },
  args: { hosts: { type: 'positional', required: false, description: 'Codes of hosts; left out: all.' } },
  async run({ args }) {
    const config = readConfig();
    if (config.environment === 'production')
      throw new CommandError('wizamart dev is for development; with NODE_ENV=production use wizamart start');
    const { execArgv, main } = sourceRun();
    const packages = ownPackages();
    const core =
      packages.find(({ name }) => name === '@wizamart/core')?.folder ??
      folderOf('@wizamart/core', findInstallation().folder) ??
      '';
    const { stop, ...place } = await openDatabase(config, makeLogger({ logLevel: 'warn' }));
    let wasReady = false;
    const supervisor = new Supervisor({
      file: path.join(
        path.dirname(main),
        existsSync(path.join(path.dirname(main), 'devChild.ts')) ? 'devChild.ts' : 'devChild.js',
      ),
      execArgv,
      core,
      hosts: args._,
      place,
      report(answer, milliseconds, changed) {
        if (changed.length > 0)
          print(
            dim(
              `changed: ${changed.slice(0, 5).join(', ')}${changed.length > 5 ? ` and ${changed.length - 5} more` : ''}`,
            ),
          );
        const time = `${(milliseconds / 1000).toFixed(2)} s`;
        if (answer.type === 'failed')
          print(red(`not serving after ${time}; waiting for a change`), answer.words);
        else print(wasReady ? green(`serving again after ${time}`) : answer.screen);
        wasReady ||= answer.type === 'ready';
      },
    });
    const templates = folderOf('@wizamart/templates', core);
    const watched = [
      ...ownSources(packages).map(({ folder }) => folder),
      ...(templates?.includes('node_modules') === false ? [templates] : []),
    ];
    const unwatch = watchSources(watched, (files) => {
      supervisor.changed(files);
    });
    await supervisor.start();
    await stopWithParent();
    unwatch();
    await supervisor.stop();
    await stop();
  },
});

import { defineCommand } from 'citty';
import { makeLogger, migrateDatabase, readConfig, unappliedMigrations } from '@wizamart/core/server';
import { loadHosts } from '../installation/loadHosts.js';
import { print, printJson } from '../output/print.js';

export const migrate = defineCommand({
  meta: {
    name: 'migrate',
    description: 'Brings the schema to what the installed plugins need, and changes nothing else.',
  },
  args: {
    'dry-run': {
      type: 'boolean',
      description: 'Only says what is pending; then exits with 1 if something is.',
    },
    json: { type: 'boolean', description: 'Answer as JSON.' },
  },
  async run({ args }) {
    const hosts = await loadHosts();
    const dry = args['dry-run'] === true;
    const run = dry ? unappliedMigrations : migrateDatabase;
    const list = await run(hosts, readConfig(), makeLogger({ logLevel: 'warn' }));
    if (args.json) printJson(dry ? { pending: list } : { applied: list });
    else {
      for (const { plugin, name } of list) print(`${dry ? 'pending' : 'applied'}  ${plugin}/${name}`);
      if (list.length === 0 || !dry) print('The database is up to date.');
    }
    if (dry && list.length > 0) process.exitCode = 1;
  },
});

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { testDatabase } from '../../testing/database.js';
import { sampleSets } from '../sample.fixture.js';
import { lintSchema } from '../lint/lintSchema.js';
import { migrateProcess, output } from './migrateProcesses.fixture.js';
import { runMigrations } from './runMigrations.js';

describe('migrations under stress [module:core]', function () {
  this.timeout(600_000);

  it('come up in all of 20 runs of eight processes on an empty database', async () => {
    for (let run = 0; run < 20; run++) {
      const db = await testDatabase();
      const results = await Promise.all(Array.from({ length: 8 }, () => output(migrateProcess(db.ownerUrl))));
      assert.deepEqual(
        results.map((text) => /applied (\d)/.exec(text)?.[1]).sort(),
        ['0', '0', '0', '0', '0', '0', '0', '1'],
        `run ${run}`,
      );
      await db.drop();
    }
  });

  it('need no hand after processes were killed at any moment', async () => {
    for (let run = 0; run < 20; run++) {
      const db = await testDatabase();
      const victim = migrateProcess(db.ownerUrl);
      // Start-up of the process takes some 500 ms; what is cut lies around the migration.
      const timer = setTimeout(() => victim.kill('SIGKILL'), 350 + run * 25);
      await once(victim, 'exit');
      clearTimeout(timer);
      await runMigrations({ ownerUrl: db.ownerUrl, sets: sampleSets });
      const findings = await lintSchema({
        query: async (sql: string) => ({ rows: await db.owner(sql) }),
      } as never);
      assert.deepEqual(findings, [], `run ${run}`);
      await db.drop();
    }
  });
});

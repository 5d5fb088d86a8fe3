// One process that migrates: `node … migrateProcess.fixture.ts <owner url> [slow]`; prints how many it applied.
import { defineMigration } from '../migration.js';
import { sampleMigration } from '../sample.fixture.js';
import { runMigrations } from './runMigrations.js';

const [ownerUrl = '', mode = ''] = process.argv.slice(2);
const slow = defineMigration('20261121_slow', (m) => {
  m.sql('create table slow_first (id int)');
  m.sql(
    "select pg_sleep(30) from (select current_setting('test.hurry', true) as hurry) s where hurry is null",
  );
  m.sql('create table slow_second (id int)');
});

const { applied } = await runMigrations({
  ownerUrl,
  sets: [{ plugin: 'core', migrations: mode === 'slow' ? [sampleMigration, slow] : [sampleMigration] }],
  onProgress: ({ next }) => console.log(`next ${next?.name ?? 'none'}`),
});
console.log(`applied ${applied.length}`);

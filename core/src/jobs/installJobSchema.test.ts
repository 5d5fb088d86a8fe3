import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import path from 'node:path';
import fs from 'node:fs';
import { testDatabase } from '../testing/database.js';
import { hasJobSchema, installJobSchema, JOB_SCHEMA_REVISION } from './installJobSchema.js';

describe('[module:core] installJobSchema', () => {
  it('knows the last revision of the queue that is installed', () => {
    const main = createRequire(import.meta.url).resolve('graphile-worker');
    const files = fs
      .readdirSync(path.resolve(path.dirname(main), '../sql'))
      .filter((name) => name.endsWith('.sql'));
    assert.equal(JOB_SCHEMA_REVISION, Math.max(...files.map((name) => Number.parseInt(name, 10))));
  });
  it('may be run by eight processes at once on an empty database, and again', async () => {
    const { ownerUrl, owner, drop } = await testDatabase();
    try {
      await Promise.all(Array.from({ length: 8 }, () => installJobSchema(ownerUrl)));
      await installJobSchema(ownerUrl);
      const [row] = await owner<{ policies: number; tables: number }>(`
        SELECT (SELECT count(*) FROM pg_policies WHERE schemaname = 'graphile_worker')::int AS policies,
               (SELECT count(*) FROM pg_tables WHERE schemaname = 'graphile_worker' AND rowsecurity)::int AS tables`);
      assert.ok(row && row.tables > 0);
      assert.equal(row.policies, row.tables);
    } finally {
      await drop();
    }
  });
  it('is found complete by who serves only when nothing of it is missing, and is mended otherwise', async () => {
    const { database, ownerUrl, owner, drop } = await testDatabase();
    try {
      assert.equal(await hasJobSchema(database), false);
      await installJobSchema(ownerUrl);
      assert.equal(await hasJobSchema(database), true);
      for (const damage of [
        'drop policy app_system_works on graphile_worker._private_jobs',
        'revoke delete on graphile_worker._private_jobs from app_system',
        'revoke usage on schema graphile_worker from app_system',
        `delete from graphile_worker.migrations where id = ${JOB_SCHEMA_REVISION}`,
      ]) {
        await owner(damage);
        assert.equal(await hasJobSchema(database), false, damage);
        if (damage.startsWith('delete'))
          await owner(`insert into graphile_worker.migrations (id) values (${JOB_SCHEMA_REVISION})`);
        await installJobSchema(ownerUrl);
        assert.equal(await hasJobSchema(database), true, damage);
      }
    } finally {
      await drop();
    }
  });
});

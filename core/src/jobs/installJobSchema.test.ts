import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import path from 'node:path';
import fs from 'node:fs';
import { testDatabase } from '../testing/database.js';
import { installJobSchema, JOB_SCHEMA_REVISION } from './installJobSchema.js';

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
});

import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { type EmbeddedServer, startEmbeddedPostgres } from './embedded/startEmbeddedPostgres.js';
import { roleStatements } from './roles.js';

describe('roleStatements [module:core]', () => {
  let directory: string;
  let server: EmbeddedServer;
  let client: pg.Client;

  before(async () => {
    directory = fs.mkdtempSync(path.join(os.tmpdir(), 'wizamart-roles-'));
    fs.chmodSync(directory, 0o755);
    server = await startEmbeddedPostgres({ directory, fast: true });
    client = new pg.Client(server.superUrl);
    await client.connect();
  });

  after(async () => {
    await client.end();
    await server.stop();
    fs.rmSync(directory, { recursive: true });
  });

  it('may be run again and again', async () => {
    const sql = roleStatements({ owner: 'shop_owner', app: 'shop_app', database: 'wizamart' });
    for (let time = 0; time < 3; time++) await client.query(sql);
    const { rows } = await client.query(
      `SELECT pg_get_userbyid(datdba)::text AS owner FROM pg_database WHERE datname = 'wizamart'`,
    );
    assert.deepEqual(rows, [{ owner: 'shop_owner' }]);
  });

  it('takes away no password that was set, when it is given none', async () => {
    await client.query(`CREATE ROLE kept_app LOGIN PASSWORD 'secret'`);
    await client.query(roleStatements({ owner: 'shop_owner', app: 'kept_app', database: 'wizamart' }));
    const { rows } = await client.query(
      `SELECT rolpassword IS NOT NULL AS kept FROM pg_authid WHERE rolname = 'kept_app'`,
    );
    assert.deepEqual(rows, [{ kept: true }]);
  });

  it('quotes names and passwords', async () => {
    const roles = { owner: `o'wner"x`, app: `a'pp"x`, database: `no'such"database` };
    await client.query(roleStatements({ ...roles, passwords: { owner: `p'1`, app: `p"2` } }));
    const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = ANY($1)', [
      [roles.owner, roles.app],
    ]);
    assert.equal(rowCount, 2);
  });
});

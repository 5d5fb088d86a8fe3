import assert from 'node:assert/strict';
import net from 'node:net';
import { once } from 'node:events';
import { databaseConfig, placeOf } from './config.js';
import { connectionProblem } from './connectionProblem.js';
import { Database } from './Database.js';
import { DatabaseError, DatabaseUnavailable } from './errors.js';

describe('reaching the database [module:core]', () => {
  it('names the place without the password', () => {
    assert.equal(placeOf('postgres://anna:s3cret@db.example:6432/shop'), 'anna@db.example:6432/shop');
    assert.equal(placeOf('not an address'), 'an address that cannot be read');
  });

  it('says what, where and how to mend it when nothing listens', async () => {
    const port = await closedPort();
    const failure = await failureOf(`postgres://anna:s3cret@127.0.0.1:${port}/shop`);
    assert.match(failure.message, new RegExp(`anna@127\\.0\\.0\\.1:${port}/shop`));
    assert.match(failure.message, /ECONNREFUSED/);
    assert.match(failure.fix, /DATABASE_URL/);
    assert.doesNotMatch(failure.message, /s3cret/);
  });

  it('gives up on a server that accepts and then says nothing', async () => {
    const silent = net.createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as net.AddressInfo;
    const failure = await failureOf(`postgres://anna@127.0.0.1:${port}/shop`);
    assert.match(failure.message, /timeout|timed out/i);
    silent.close();
  });

  it('tells a visitor nothing of it', () => {
    assert.doesNotMatch(new DatabaseUnavailable().message, /\d/);
  });

  it('knows what to do about the usual mistakes', () => {
    for (const code of ['28P01', '3D000', 'ENOTFOUND', '53300']) {
      const { fix } = connectionProblem('postgres://a@b/c', Object.assign(new Error('no'), { code }));
      assert.notEqual(fix, connectionProblem('postgres://a@b/c', new Error('no')).fix, code);
    }
  });
});

async function failureOf(appUrl: string): Promise<DatabaseError> {
  const database = new Database(databaseConfig({ appUrl, acquireTimeoutMs: 150 }));
  const error = await database
    .system(() => Promise.resolve())
    .then(
      () => assert.fail('it connected'),
      (failure: unknown) => failure,
    );
  await database.close();
  assert.ok(error instanceof DatabaseUnavailable);
  assert.ok(error.cause instanceof DatabaseError);
  return error.cause;
}

async function closedPort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

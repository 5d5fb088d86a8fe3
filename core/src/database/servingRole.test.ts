import assert from 'node:assert/strict';
import { asAdmin, testServer } from '../testing/testServer.js';
import { testDatabase, type TestDatabase } from '../testing/database.js';
import { databaseConfig } from './config.js';
import { Database } from './Database.js';
import { DatabaseError } from './errors.js';
import { sampleSets } from './sample.fixture.js';
import { checkServingRole } from './servingRole.js';

describe('the role that serves [module:core]', () => {
  let db: TestDatabase;
  const role = `wizamart_test_role_${process.pid}`;
  before(async function () {
    const server = await testServer();
    // Roles are made and dropped here.
    if (!server.isSuperuser) this.skip();
    db = await testDatabase({ sets: sampleSets });
    await asAdmin(server.adminUrl, (admin) =>
      admin.query(`create role ${role} login noinherit password 'test'`),
    );
  });
  after(async () => {
    const { adminUrl, isSuperuser } = await testServer();
    if (!isSuperuser) return;
    await db.everything(`drop owned by ${role}`);
    await db.drop();
    await asAdmin(adminUrl, (admin) => admin.query(`drop role if exists ${role}`));
  });

  const check = async (url: string): Promise<void> => {
    const database = new Database(databaseConfig({ appUrl: url, poolSize: 1 }));
    try {
      await checkServingRole(database, url);
    } finally {
      await database.close();
    }
  };
  const roleUrl = (): string => Object.assign(new URL(db.appUrl), { username: role, password: 'test' }).href;
  const refused = (url: string, words: RegExp): Promise<void> =>
    assert.rejects(check(url), (error: Error) => {
      assert.ok(error instanceof DatabaseError);
      assert.match(error.problem, words);
      assert.match(error.fix, /GRANT "app_serve", "app_system", "app_directory" TO/);
      assert.doesNotMatch(error.message, /test@|:test/);
      return true;
    });

  it('is fit when it only is a member of the group roles', () => check(db.appUrl));

  it('is refused as superuser', async () => {
    const { adminUrl } = await testServer();
    await refused(
      Object.assign(new URL(adminUrl), { pathname: new URL(db.appUrl).pathname }).href,
      /does not serve as the superuser/,
    );
  });

  it('is refused as owner of the tables', () => refused(db.ownerUrl, /owns the table core_migration/));

  it('is refused without membership, with BYPASSRLS, as owner of one table, and when it may become the owner', async () => {
    await refused(roleUrl(), /not a member of app_serve, app_system, app_directory/);
    await db.everything(`grant app_serve, app_system, app_directory to ${role}`);
    await check(roleUrl());
    await db.everything(`alter role ${role} bypassrls`);
    await refused(roleUrl(), /has BYPASSRLS/);
    await db.everything(
      `alter role ${role} nobypassrls; create table mine (id int); alter table mine owner to ${role}`,
    );
    await refused(roleUrl(), /owns the table mine/);
    await db.everything(`drop table mine; grant ${new URL(db.ownerUrl).username} to ${role}`);
    await refused(roleUrl(), /may become its owner/);
  });

  it('is fit again after the SQL of the message was run', async () => {
    await db.everything(
      `revoke ${new URL(db.ownerUrl).username} from ${role}; revoke app_serve, app_system, app_directory from ${role}`,
    );
    const error = await check(roleUrl()).then(
      () => assert.fail('it was fit'),
      (failure: unknown) => failure as DatabaseError,
    );
    const sql = error.fix.split('\n').slice(1).join('\n');
    await db.everything(sql);
    await check(roleUrl());
  });
});

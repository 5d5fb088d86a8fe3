import assert from 'node:assert/strict';
import { startServer } from '../src/server/startServer.js';
import { startTestServer, testHost, type TestAppServer } from '../src/testing/index.js';

const EMAIL = 'ada@customer.example';

describe('demo data at a start [module:core]', () => {
  let server: TestAppServer;
  before(async () => {
    server = await startTestServer({ hosts: [testHost({ code: 'oms' })], demo: true });
  });
  after(() => server.stop());

  const startAgain = async (demoAgain: boolean): Promise<void> => {
    const { parts, hosts, database, clock, log } = server;
    const another = await startServer({
      hosts,
      config: { ...parts.config },
      clock,
      logger: log.logger,
      listen: false,
      jobs: false,
      demoAgain,
      database: {
        appUrl: database.appUrl,
        ownerUrl: undefined,
        directUrl: database.appUrl,
        isEmbedded: false,
        stop: async () => undefined,
      },
    });
    await another.stop();
  };
  const customers = async (): Promise<number> =>
    (await database().everything(`select id from core_customer where email = '${EMAIL}'`)).length;
  const database = () => server.database;

  it('are brought once: what was removed stays away until somebody asks for them', async () => {
    const brought = await customers();
    assert.ok(brought > 0);
    await database().everything(`delete from core_customer where email = '${EMAIL}'`);
    await startAgain(false);
    assert.equal(await customers(), 0);
    await startAgain(true);
    assert.equal(await customers(), brought);
  });

  it('are gone through anew when another version of them was brought', async () => {
    const brought = await customers();
    await database().everything(`delete from core_customer where email = '${EMAIL}'`);
    await database().everything(`update core_install set step = 'demo:former' where step like 'demo:%'`);
    await startAgain(false);
    assert.equal(await customers(), brought);
  });
});

// A server of its own that runs jobs, to be killed: `node … scheduleProcess.fixture.ts <database url>`; says when it is ready.
import { startTestServer, type TestClock, type TestDatabase, testHost } from '@wizamart/core/testing';
import { cms } from '../src/plugin.js';

const [appUrl = ''] = process.argv.slice(2);
const clock: TestClock = { now: () => new Date(), set: () => undefined, advance: () => undefined };
await startTestServer({
  hosts: [testHost({ code: 'oms', plugins: [cms] }), testHost({ code: 'loyalty', plugins: [cms] })],
  jobs: true,
  clock,
  database: { appUrl } as TestDatabase,
});
console.log('ready');

// A server that processes webhooks, to be killed: `node … inboxProcess.fixture.ts <database url>`; says when it is ready.
import type { TestClock, TestDatabase } from '@wizamart/core/testing';
import { openInbox } from './countingInbox.fixture.js';

const [appUrl = ''] = process.argv.slice(2);
const clock: TestClock = { now: () => new Date(), set: () => undefined, advance: () => undefined };
await openInbox({ jobs: true, clock, database: { appUrl } as TestDatabase });
console.log('ready');

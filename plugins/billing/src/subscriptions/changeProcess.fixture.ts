// A server that changes a tier, to be killed: `node … changeProcess.fixture.ts <database url> <Stripe's port>`.
// Says when it is ready; takes `<merchant id> <tier> <time>` on a line and says `done`.
import { createInterface } from 'node:readline';
import type { TestDatabase } from '@wizamart/core/testing';
import { stripeLibrary } from '../stripe/stripeLibrary.js';
import { openBilling } from '../../test/subscriptions.fixture.js';
import type { StripeConnections } from '../stripe/connection/StripeConnections.js';

const [appUrl = '', port = ''] = process.argv.slice(2);
const world = await openBilling({ database: { appUrl } as TestDatabase });
const { stripeConnections } = world.server.modules.kernel.container.wiringOf('billing') as unknown as {
  stripeConnections: StripeConnections;
};
const local = await stripeConnections.of(world.on());
// Stripe is another process, which goes on when this one dies.
const stripe = new (stripeLibrary())('sk_test_oms', {
  apiVersion: stripeLibrary().API_VERSION,
  host: '127.0.0.1',
  port,
  protocol: 'http',
  maxNetworkRetries: 1,
  telemetry: false,
});
Object.assign(stripeConnections, { of: () => Promise.resolve({ ...local, stripe }) });

console.log('ready');
for await (const line of createInterface({ input: process.stdin })) {
  const [id = '', tier = '', time = ''] = line.split(' ');
  world.clock.set(time);
  await world.planChanges.change(world.at({ id, name: 'Acme' }), { tier });
  console.log('done');
}

import { parseArgs } from 'node:util';
import { startLocalStripe } from './startLocalStripe.js';

/** The local server as a process of its own: `node …/testing/main.js --port 12111 --webhook sk_test_oms=http://…`. */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '12111' },
    host: { type: 'string', default: '127.0.0.1' },
    webhook: { type: 'string', multiple: true, default: [] },
    secret: { type: 'string', default: 'whsec_local' },
  },
});

const running = await startLocalStripe({
  clock: { now: () => new Date() },
  port: Number(values.port),
  host: values.host,
});
for (const entry of values.webhook) {
  const [key = '', ...url] = entry.split('=');
  await running.stripe.ensureEndpoint(key.replace(/^sk_test_/, ''), {
    url: url.join('='),
    secret: values.secret,
  });
}
console.log(
  `Stripe, locally: ${running.origin} (keys: sk_test_…; webhooks are signed with ${values.secret})`,
);
const timer = setInterval(() => void running.stripe.tick(), 60_000);
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    clearInterval(timer);
    void running.stop();
  });

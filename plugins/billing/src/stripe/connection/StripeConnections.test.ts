import assert from 'node:assert/strict';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type Stripe from 'stripe';
import { stripeLibrary } from '../stripeLibrary.js';
import { InvalidInput, type TenantContext } from '@wizamart/core';
import {
  CardDeclined,
  StripeBusy,
  StripeKeyRefused,
  StripeNotConfigured,
  StripeRefused,
  StripeUnavailable,
} from '../errors.js';
import { asking } from '../stripeErrors.js';
import { LocalStripeServer } from './LocalStripeServer.js';
import { openPayments, type Payments } from '../stripe.fixture.js';

const TEST_KEYS = { stripeMode: 'test', stripeSecretKey: 'sk_test_verysecret123', stripePublishableKey: 'pk_test_public123', stripeWebhookSecret: 'whsec_alsosecret123' }; // prettier-ignore

describe('StripeConnections [module:billing] [surface:admin]', () => {
  let pay: Payments;
  let admin: TenantContext;
  const save = (config: object): Promise<unknown> =>
    pay.server.parts.modules.configure(admin, 'billing', config);
  before(async () => {
    pay = await openPayments();
    admin = pay.server.context({ platform: pay.oms, surface: 'admin' });
  });
  after(() => pay.close());

  it('refuses keys of the other mode, and a secret key without its companions, at their fields', async () => {
    for (const [change, field] of [
      [{ stripeMode: 'live' }, 'stripeSecretKey'],
      [{ stripeSecretKey: 'sk_live_verysecret123' }, 'stripeSecretKey'],
      [{ stripePublishableKey: 'pk_live_public123' }, 'stripePublishableKey'],
      [{ stripePublishableKey: '' }, 'stripePublishableKey'],
      [{ stripeWebhookSecret: '' }, 'stripeWebhookSecret'],
      [{ stripeSecretKey: 'pk_test_public123' }, 'stripeSecretKey'],
    ] as const)
      await assert.rejects(save({ ...TEST_KEYS, ...change }), (error) => {
        assert.ok(error instanceof InvalidInput, String(error));
        assert.ok(
          error.errors?.some(({ path }) => path === field),
          JSON.stringify(error.errors),
        );
        return true;
      });
  });

  it('uses the local server without keys, which production refuses', async () => {
    const local = await pay.stripeConnections.of(pay.ctx());
    assert.equal(local.account, 'local');
    const before = process.env['NODE_ENV'];
    process.env['NODE_ENV'] = 'production';
    try {
      await assert.rejects(pay.stripeConnections.of(pay.ctx()), StripeNotConfigured);
    } finally {
      if (before === undefined) delete process.env['NODE_ENV'];
      else process.env['NODE_ENV'] = before;
    }
  });

  it('starts no local server any more once the process has stopped it', async () => {
    const local = new LocalStripeServer({ database: pay.server.database.database, clock: pay.server.clock });
    const { port } = await local.running();
    await local.stop();
    await assert.rejects(local.connect(pay.ctx()), /has been stopped/);
    await assert.rejects(fetch(`http://127.0.0.1:${port}/v1/customers`));
  });

  it('uses the keys of the settings, and lets only pages with a card field load from Stripe', async () => {
    await save(TEST_KEYS);
    const connection = await pay.stripeConnections.of(pay.ctx());
    assert.deepEqual([connection.account, connection.scriptUrl], ['test', 'https://js.stripe.com/v3/']);
    assert.ok(connection.pageOrigins.script.includes('https://js.stripe.com'));
    assert.equal(await pay.stripeConnections.of(pay.ctx()).then(({ stripe }) => stripe), connection.stripe);
    const shown = JSON.stringify(pay.server.parts.settings.shown(admin, 'billing'));
    assert.doesNotMatch(shown, /verysecret|alsosecret/);
    await save({});
  });

  describe('failures of Stripe’s', () => {
    let server: Server;
    let answer: RequestListener;
    let stripe: Stripe;
    before(async () => {
      server = createServer((request, response) => answer(request, response));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      stripe = new (stripeLibrary())('sk_test_verysecret123', {
        apiVersion: stripeLibrary().API_VERSION, host: '127.0.0.1', port, protocol: 'http', maxNetworkRetries: 0, timeout: 300, telemetry: false,
      }); // prettier-ignore
    });
    after(() => {
      server.closeAllConnections();
      server.close();
    });

    const failing = (status: number, error: object, headers: Record<string, string> = {}): void => {
      answer = (_request, response) => {
        response.writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_1', ...headers });
        response.end(JSON.stringify({ error }));
      };
    };
    const call = (): Promise<unknown> => asking(() => stripe.customers.retrieve('cus_1'));
    /** All that a log would get to see. */
    const told = async (): Promise<string> => {
      const error = await call().then(
        () => assert.fail('it must fail'),
        (reason: unknown) => reason,
      );
      pay.server.parts.logger.error({ err: error }, 'planted');
      return `${String((error as Error).stack)} ${JSON.stringify(error)} ${JSON.stringify((error as Error).cause)} ${String(((error as Error).cause as Error).stack)}`;
    };

    it('have our names, and say when to come back', async () => {
      failing(402, { type: 'card_error', code: 'card_declined', decline_code: 'lost_card', message: 'No.' });
      await assert.rejects(
        call(),
        new CardDeclined({ code: 'card_declined', declineCode: 'lost_card', reason: 'No.' }),
      );
      failing(429, { type: 'rate_limit_error', message: 'Slow down' }, { 'retry-after': '7' });
      await assert.rejects(call(), new StripeBusy({ retryAfterSeconds: 7 }));
      failing(401, {
        type: 'invalid_request_error',
        message: 'Invalid API Key provided: sk_test_verysecret123',
      });
      await assert.rejects(call(), new StripeKeyRefused());
      failing(400, { type: 'invalid_request_error', message: 'Bad sk_test_verysecret123', param: 'x' });
      await assert.rejects(call(), new StripeRefused({ code: null, param: 'x', reason: 'Bad sk_…' }));
      failing(500, { type: 'api_error', message: 'Oops' });
      await assert.rejects(call(), new StripeUnavailable());
      answer = (request) => request.socket.destroy();
      await assert.rejects(call(), new StripeUnavailable());
      answer = () => undefined;
      await assert.rejects(call(), (error) => {
        assert.ok(error instanceof StripeUnavailable);
        assert.ok((error.retryAfterSeconds ?? 0) > 0);
        return true;
      });
    });

    it('never carry a key, nor does what is logged of them', async () => {
      for (const status of [400, 401, 402, 403, 404, 409, 429, 500, 503]) {
        failing(status, {
          type: 'invalid_request_error',
          message: 'Your key sk_test_verysecret123 (whsec_alsosecret123) …',
        });
        assert.doesNotMatch(await told(), /verysecret|alsosecret/, String(status));
      }
      assert.doesNotMatch(JSON.stringify(pay.server.log.errors), /verysecret|alsosecret/);
    });
  });
});

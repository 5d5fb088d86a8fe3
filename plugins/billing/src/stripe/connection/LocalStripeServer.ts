import type { Clock, Database, TenantContext } from '@wizamart/core';
import type { RunningLocalStripe } from '../../testing/startLocalStripe.js';
import { stripeLibrary } from '../stripeLibrary.js';
import { LocalState } from './LocalState.js';
import type { StripeConnection } from './StripeConnection.js';

/** Takes a signed webhook for the platform of the context. */
export type WebhookReceiver = (
  ctx: TenantContext,
  webhook: { readonly body: Buffer; readonly signature: string },
) => Promise<unknown>;

const DIRECT = 'local:';

/**
 * Stripe for platforms without keys, outside production: a server on a free port of this machine, started when it is
 * first needed. Its state is in the database; its webhooks come straight to the inbox.
 */
export class LocalStripeServer {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #platforms = new Map<string, TenantContext>();
  readonly #connections = new Map<string, Promise<StripeConnection>>();
  #receive: WebhookReceiver | undefined;
  #running: Promise<RunningLocalStripe> | undefined;
  #isStopped = false;

  constructor(deps: { readonly database: Database; readonly clock: Clock }) {
    this.#database = deps.database;
    this.#clock = deps.clock;
  }

  /** Where webhooks go. */
  deliverTo(receive: WebhookReceiver): void {
    this.#receive = receive;
  }

  connect(ctx: TenantContext): Promise<StripeConnection> {
    this.#platforms.set(ctx.platform.id, {
      ...ctx,
      merchant: null,
      store: null,
      tx: null,
      actor: { kind: 'system', name: 'billing.localStripe' },
    });
    let connection = this.#connections.get(ctx.platform.id);
    if (!connection) {
      this.#connections.set(ctx.platform.id, (connection = this.#connect(ctx)));
      connection.catch(() => this.#connections.delete(ctx.platform.id));
    }
    return connection;
  }

  /**
   * The server itself, for tests and the platform's page of developers.
   *
   * @throws after {@link stop}: whatever is still on its way must not leave a listening server behind.
   */
  async running(): Promise<RunningLocalStripe> {
    if (this.#isStopped) throw new Error('The local Stripe server has been stopped with its process.');
    return (this.#running ??= this.#start());
  }

  /** Lets what has become due happen, and sends what waits to be sent. */
  async tick(): Promise<void> {
    await (await this.running()).stripe.tick();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    const running = this.#running;
    this.#running = undefined;
    this.#connections.clear();
    await (await running)?.stop();
  }

  async #connect({ platform }: TenantContext): Promise<StripeConnection> {
    const { stripe, host, port, origin } = await this.running();
    // Letters, digits and underscores only, as keys have them.
    const account = platform.code.replaceAll('-', '_');
    const webhookSecret = `whsec_local_${account}`;
    await stripe.ensureEndpoint(account, { url: DIRECT + platform.id, secret: webhookSecret });
    const Library = stripeLibrary();
    return {
      stripe: new Library(`sk_test_${account}`, {
        apiVersion: Library.API_VERSION,
        host,
        port,
        protocol: 'http',
        maxNetworkRetries: 1,
        timeout: 20_000,
        telemetry: false,
      }),
      account: 'local',
      publishableKey: `pk_test_${account}`,
      webhookSecret,
      scriptUrl: `${origin}/v3/`,
      pageOrigins: { script: [origin], frame: [origin], connect: [origin] },
    };
  }

  /** Loaded when it is needed: production never does. */
  async #start(): Promise<RunningLocalStripe> {
    const { startLocalStripe } = await import('../../testing/startLocalStripe.js');
    return startLocalStripe({
      clock: this.#clock,
      store: new LocalState(this.#database),
      send: (url, body, signature) => this.#send(url, body, signature),
    });
  }

  async #send(url: string, body: string, signature: string): Promise<number> {
    if (!url.startsWith(DIRECT))
      return (await import('../../testing/LocalStripe.js')).sendOverHttp(url, body, signature);
    const ctx = this.#platforms.get(url.slice(DIRECT.length));
    // Nobody has spoken for the platform since the start: it is tried again when somebody has.
    if (!ctx || !this.#receive) return 503;
    await this.#receive({ ...ctx, now: this.#clock.now() }, { body: Buffer.from(body), signature });
    return 200;
  }
}

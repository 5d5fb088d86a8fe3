import { hash } from 'node:crypto';
import type { ModuleSettings, TenantContext } from '@wizamart/core';
import type Stripe from 'stripe';
import { StripeKeyMode, StripeNotConfigured } from '../errors.js';
import { modeOfKey, type StripeSettings } from '../settings.js';
import { stripeLibrary } from '../stripeLibrary.js';
import type { LocalStripeServer } from './LocalStripeServer.js';
import type { StripeConnection, StripeConnector } from './StripeConnection.js';

/** A page waits for it; Stripe's own answers take at most a few seconds. */
const TIMEOUT_MS = 20_000;
const RETRIES = 2;

const STRIPE_ORIGINS = {
  script: ['https://js.stripe.com', 'https://*.js.stripe.com'],
  frame: ['https://js.stripe.com', 'https://*.js.stripe.com', 'https://hooks.stripe.com'],
  connect: ['https://api.stripe.com'],
};

/** The Stripe account of each platform, by its settings; without keys the local server, which production refuses. */
export class StripeConnections implements StripeConnector {
  readonly #settings: ModuleSettings;
  readonly #local: LocalStripeServer;
  /** By a hash of the key, so that a memory dump's index does not name keys. */
  readonly #clients = new Map<string, Stripe>();

  constructor(deps: { readonly settings: ModuleSettings; readonly localStripe: LocalStripeServer }) {
    this.#settings = deps.settings;
    this.#local = deps.localStripe;
  }

  async of(ctx: TenantContext): Promise<StripeConnection> {
    const settings = this.#settings.of<StripeSettings & Record<string, unknown>>(ctx, 'billing');
    if (settings.stripeSecretKey === '') {
      if (process.env['NODE_ENV'] === 'production')
        throw new StripeNotConfigured({ platform: ctx.platform.name });
      return this.#local.connect(ctx);
    }
    refuseOtherMode(settings);
    if (settings.stripePublishableKey === '') throw new StripeNotConfigured({ platform: ctx.platform.name });
    return {
      stripe: this.#client(settings.stripeSecretKey),
      account: settings.stripeMode,
      publishableKey: settings.stripePublishableKey,
      webhookSecret: settings.stripeWebhookSecret,
      scriptUrl: 'https://js.stripe.com/v3/',
      pageOrigins: STRIPE_ORIGINS,
    };
  }

  /** Whether the platform of `ctx` uses the local server. */
  isLocal(ctx: TenantContext): boolean {
    const { stripeSecretKey } = this.#settings.of<StripeSettings & Record<string, unknown>>(ctx, 'billing');
    return stripeSecretKey === '' && process.env['NODE_ENV'] !== 'production';
  }

  #client(key: string): Stripe {
    const name = hash('sha256', key, 'hex');
    let client = this.#clients.get(name);
    if (!client) {
      const Library = stripeLibrary();
      client = new Library(key, {
        apiVersion: Library.API_VERSION,
        timeout: TIMEOUT_MS,
        maxNetworkRetries: RETRIES,
        telemetry: false,
        appInfo: { name: 'Wizamart' },
      });
      this.#clients.set(name, client);
    }
    return client;
  }
}

/** @throws {StripeKeyMode} */
function refuseOtherMode(settings: StripeSettings): void {
  for (const field of ['stripeSecretKey', 'stripePublishableKey'] as const) {
    const found = modeOfKey(settings[field]);
    if (found !== null && found !== settings.stripeMode)
      throw new StripeKeyMode({ field, mode: settings.stripeMode, found });
  }
}

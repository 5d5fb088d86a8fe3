import type { MerchantRecord, TenantContext } from '@wizamart/core';
import {
  AuditService,
  ClockService,
  DatabaseService,
  definePlugin,
  JobsService,
  SettingsService,
  z,
} from '@wizamart/core';
import { startTestServer, testHost, type TestServerOptions } from '@wizamart/core/testing';
import { stripeJobs, stripeMigrations, stripeRoutes } from './area.js';
import type { OurSide } from './reconciliation/OurSide.js';
import type { Reconciliation } from './reconciliation/Reconciliation.js';
import type { LocalStripeServer } from './connection/LocalStripeServer.js';
import type { StripeConnections } from './connection/StripeConnections.js';
import { stripeServices } from './services.js';
import { checkStripeKeys, stripeSettings } from './settings.js';
import type { StripeCustomers } from './StripeCustomers.js';
import type { StripeGateway } from './StripeGateway.js';
import type { StripeHandlers } from './webhooks/StripeHandlers.js';
import type { WebhookInbox } from './webhooks/WebhookInbox.js';

interface Services {
  readonly localStripe: LocalStripeServer;
  readonly stripeConnections: StripeConnections;
  readonly stripeCustomers: StripeCustomers;
  readonly stripeGateway: StripeGateway;
  readonly stripeHandlers: StripeHandlers;
  readonly stripeOurSide: OurSide;
  readonly webhookInbox: WebhookInbox;
  readonly stripeReconciliation: Reconciliation;
}

/** The payments area alone, as a plugin of its own. @param act adds handlers before anything runs */
export const paymentsOnly = (act: (services: Services) => void = () => undefined) =>
  definePlugin({
    code: 'billing',
    name: 'Billing',
    description: 'The part that talks to Stripe.',
    requires: {
      database: DatabaseService,
      clock: ClockService,
      settings: SettingsService,
      jobs: JobsService,
      audit: AuditService,
    },
    services: stripeServices,
    settings: z.object(stripeSettings).check(checkStripeKeys),
    routes: stripeRoutes,
    jobs: stripeJobs,
    migrations: stripeMigrations,
    start: (wiring) => act(wiring),
    stop: ({ localStripe }) => localStripe.stop(),
    locales: new URL('../../locales', import.meta.url),
  });

/** One platform with a merchant, and the local Stripe server. */
export async function openPayments(
  options: Partial<TestServerOptions> = {},
  act?: (services: Services) => void,
) {
  const server = await startTestServer({
    hosts: [testHost({ code: 'oms', plugins: [paymentsOnly(act)] })],
    ...options,
  });
  const services = server.modules.kernel.container.wiringOf('billing') as unknown as Services;
  const oms = server.platform('oms');
  const of = (merchant: MerchantRecord): TenantContext => ({
    ...server.context({ platform: oms, merchant, surface: 'admin' }),
  });
  const merchant = await server.merchant({ platform: oms, name: 'acme' });
  let count = 0;
  /** A key that nobody has used. */
  const key = (): string => `test-${++count}`;
  const { stripeGateway: gateway, stripeConnections } = services;
  const ctx = (): TenantContext => ({ ...of(merchant), now: server.clock.now() });
  return {
    server,
    ...services,
    gateway,
    oms,
    merchant,
    key,
    /** The merchant's, now. */
    ctx,
    stripe: async () => (await stripeConnections.of(ctx())).stripe,
    /** A customer with a card by its name or number's name, e.g. `pm_card_visa`; null: without one. */
    payer: async (card: string | null = 'pm_card_visa'): Promise<string> => {
      const payer = await server.merchant({ platform: oms });
      const { customerId } = await gateway.ensureCustomer(ctx(), {
        merchantId: payer.id,
        name: payer.name,
        email: 'pay@example.org',
        country: 'LU',
        vatId: null,
        taxExempt: 'none',
      });
      if (card !== null) await gateway.useCard(ctx(), { customerId, paymentMethodId: card });
      return customerId;
    },
    price: async (amountMinor: number, interval: 'month' | 'year' = 'month'): Promise<string> =>
      (
        await gateway.ensurePrice(ctx(), {
          key: `${amountMinor}:${interval}`,
          name: `Plan ${amountMinor}`,
          amountMinor,
          currency: 'EUR',
          interval,
        })
      ).priceId,
    /** Moves time on, and lets Stripe do what has become due. */
    pass: async (ms: number): Promise<void> => {
      server.clock.advance(ms);
      await services.localStripe.tick();
    },
    close: () => server.stop(),
  };
}

export type Payments = Awaited<ReturnType<typeof openPayments>>;
export const DAY = 86_400_000;

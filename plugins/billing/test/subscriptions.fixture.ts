import {
  defineError,
  definePlugin,
  EntitlementsService,
  DatabaseService,
  type LimitReachedData,
  type Entitlements,
  type Database,
  type MerchantRecord,
  type TenantContext,
  defineMigration,
} from '@wizamart/core';
import { startTestServer, testClock, testHost, type TestServerOptions } from '@wizamart/core/testing';
import { billing, type BillingSeed } from '../src/index.js';
import type { Catalogue } from '../src/catalog/Catalogue.js';
import type { Dunning } from '../src/jobs/Dunning.js';
import type { StaleSubscriptions } from '../src/jobs/StaleSubscriptions.js';
import type { TrialExpirations } from '../src/jobs/TrialExpirations.js';
import type { Sellers } from '../src/invoices/sellers/Sellers.js';
import type { StripeGateway } from '../src/stripe/StripeGateway.js';
import type { AddOnSales } from '../src/subscriptions/AddOnSales.js';
import type { Cards } from '../src/subscriptions/Cards.js';
import type { Endings } from '../src/subscriptions/Endings.js';
import type { InvoicePreviews } from '../src/subscriptions/InvoicePreviews.js';
import type { Operations } from '../src/subscriptions/Operations.js';
import type { Payments } from '../src/subscriptions/Payments.js';
import type { PlanChanges } from '../src/subscriptions/PlanChanges.js';
import type { StripeNotices } from '../src/subscriptions/StripeNotices.js';
import type { SubscriptionLists } from '../src/subscriptions/SubscriptionLists.js';
import type { SubscriptionReader } from '../src/subscriptions/SubscriptionReader.js';
import type { SubscriptionWriter } from '../src/subscriptions/SubscriptionWriter.js';
import type { DemoSubscriptions } from '../src/trial/DemoSubscriptions.js';
import type { Trials } from '../src/trial/Trials.js';
import type { PeriodCounters } from '../src/usage/PeriodCounters.js';
import type { UsageSummaries } from '../src/usage/UsageSummaries.js';

export interface BillingServices {
  readonly catalogue: Catalogue;
  readonly trials: Trials;
  readonly subscriptionReader: SubscriptionReader;
  readonly subscriptionLists: SubscriptionLists;
  readonly subscriptionWriter: SubscriptionWriter;
  readonly operations: Operations;
  readonly planChanges: PlanChanges;
  readonly endings: Endings;
  readonly addOnSales: AddOnSales;
  readonly cards: Cards;
  readonly invoicePreviews: InvoicePreviews;
  readonly stripeNotices: StripeNotices;
  readonly payments: Payments;
  readonly stripeGateway: StripeGateway;
  readonly usageSummaries: UsageSummaries;
  readonly periodCounters: PeriodCounters;
  readonly trialExpirations: TrialExpirations;
  readonly dunning: Dunning;
  readonly staleSubscriptions: StaleSubscriptions;
  readonly demoSubscriptions: DemoSubscriptions;
  readonly sellers: Sellers;
}

const ShopLimitReached = defineError<LimitReachedData>({
  code: 'SHOP_LIMIT_REACHED',
  status: 402,
  message: 'full',
});

/** Sells things: counts products per merchant, and orders per month. */
class Shop {
  constructor(private readonly deps: { readonly database: Database; readonly entitlements: Entitlements }) {}

  addProduct(ctx: TenantContext): Promise<void> {
    return this.#write(ctx, 'shop_product', (inside) =>
      this.deps.entitlements.claim(inside, 'products', () => count(inside, 'shop_product'), {
        error: ShopLimitReached,
      }),
    );
  }

  addMember(ctx: TenantContext): Promise<void> {
    return this.#write(ctx, 'shop_member', (inside) =>
      this.deps.entitlements.claim(inside, 'shop_members', () => count(inside, 'shop_member'), {
        error: ShopLimitReached,
      }),
    );
  }

  order(ctx: TenantContext, beyond: 'refuse' | 'count' = 'refuse'): Promise<void> {
    return this.#write(ctx, 'shop_order', async (inside) => {
      await this.deps.entitlements.consume(inside, 'orders', { error: ShopLimitReached, beyond });
    });
  }

  #write(
    ctx: TenantContext,
    table: string,
    claim: (inside: Parameters<typeof count>[0]) => Promise<void>,
  ): Promise<void> {
    return this.deps.database.unit({ ...ctx, store: null }, async (inside) => {
      await claim(inside);
      await inside.tx.query(
        `insert into ${table} (merchant_id, platform_id, id) values ($1, $2, gen_random_uuid())`,
        [inside.merchant?.id, inside.platform.id],
      );
    });
  }
}

const count = async (
  ctx: TenantContext & { readonly tx: NonNullable<TenantContext['tx']> },
  table: string,
) => {
  const [row] = await ctx.tx.query<{ count: number }>(
    `select count(*)::int as count from ${table} where merchant_id = $1 and platform_id = $2`,
    [ctx.merchant?.id, ctx.platform.id],
  );
  return row?.count ?? 0;
};

const tables = defineMigration('20261122_shop', (m) => {
  for (const table of ['shop_product', 'shop_member', 'shop_order'])
    m.merchantTable(table, {
      comment: 'Something that is counted.',
      columns: (t) => void t.uuid('platform_id').notNullable(),
    });
});

/** Stands for the plugins whose limits are sold: orders, products, team. */
export const shop = definePlugin({
  code: 'shop',
  name: 'Shop',
  description: 'Sells things.',
  requires: { database: DatabaseService, entitlements: EntitlementsService },
  features: [
    { code: 'shop_basic', name: 'Basic' },
    { code: 'shop_pro', name: 'Pro' },
    { code: 'shop_extra', name: 'Extra' },
  ],
  limits: [
    { code: 'products', name: 'Products', per: 'merchant' },
    { code: 'shop_members', name: 'Members', per: 'merchant' },
    { code: 'orders', name: 'Orders', per: 'merchant', period: 'month' },
  ],
  usage: () => ({
    products: (ctx) => count(ctx, 'shop_product'),
    shop_members: (ctx) => count(ctx, 'shop_member'),
  }),
  services: { shop: Shop },
  migrations: [tables],
});

export const TIERS = [
  {
    code: 'essential',
    name: 'Essential',
    features: ['shop_basic'],
    limits: { products: 2, shop_members: 1, orders: 3 },
  },
  {
    code: 'professional',
    name: 'Professional',
    features: ['shop_pro'],
    limits: { products: 10, shop_members: 3, orders: 50 },
  },
  { code: 'enterprise', name: 'Enterprise', features: [], limits: {} },
];
export const SEED: BillingSeed = {
  currency: 'EUR',
  tiers: {
    essential: { monthlyMinor: 4_900, yearlyMinor: 49_000 },
    professional: { monthlyMinor: 9_900, yearlyMinor: 99_000 },
    enterprise: { monthlyMinor: 39_900, yearlyMinor: 399_000 },
  },
  addOns: [
    {
      code: 'extra-products',
      name: 'Five more products',
      limits: { products: 5 },
      monthlyMinor: 500,
      yearlyMinor: 5_000,
      maxQuantity: 10,
    },
    { code: 'extra-feature', name: 'Extra', features: ['shop_extra'], monthlyMinor: 700, yearlyMinor: null },
  ],
};

/** Two platforms that sell, and what tests ask of them. */
export async function openBilling(options: Partial<TestServerOptions> = {}) {
  const clock = testClock('2026-03-02T08:00:00Z');
  const host = (code: string) =>
    testHost({
      code,
      plugins: [shop, billing],
      tiers: TIERS,
      defaultTier: 'essential',
      seeds: { billing: SEED },
    });
  const server = await startTestServer({ hosts: [host('oms'), host('loyalty')], clock, ...options });
  const wiring = server.modules.kernel.container.wiringOf('billing') as unknown as BillingServices;
  const { shop: shopService } = server.modules.kernel.container.wiringOf('shop') as unknown as { shop: Shop };
  const at = (merchant: MerchantRecord, platform = 'oms'): TenantContext & { merchant: MerchantRecord } => ({
    ...server.context({ platform, merchant }),
    merchant,
  });
  const on = (platform = 'oms') => server.context({ platform });
  for (const platform of ['oms', 'loyalty'])
    await wiring.sellers.save(on(platform), 'provider', {
      legalName: 'Wizamart S.à r.l.',
      vatId: 'LU26375245',
      address: { line1: '1, rue de la Gare', postalCode: 'L-1611', city: 'Luxembourg', country: 'LU' },
      email: 'billing@wizamart.example',
      // One legal entity: its series differ by platform.
      series: platform === 'oms' ? 'INV' : 'LOY',
      creditSeries: platform === 'oms' ? 'CN' : 'LOYCN',
    } as never);
  const settings = async (values: Record<string, unknown>, platform = 'oms') => {
    await server.parts.modules.configure?.(on(platform), 'billing', values as never);
  };
  return { ...wiring, server, clock, shop: shopService, at, on, settings, close: () => server.stop() };
}

export type BillingWorld = Awaited<ReturnType<typeof openBilling>>;

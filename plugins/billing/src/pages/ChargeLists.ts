import { DomainError, type Database, type TenantContext } from '@wizamart/core';
import { likeText } from '../likeText.js';
import type { StripeInvoice, StripeInvoiceStatus } from '../stripe/gatewayTypes.js';
import type { StripeConnections } from '../stripe/connection/StripeConnections.js';
import type { StripeGateway } from '../stripe/StripeGateway.js';

/** Which charges are asked for; newest first. */
export interface ChargeFilter {
  /** An id or number of Stripe's, or part of a merchant's name. */
  readonly q: string;
  readonly status: StripeInvoiceStatus | undefined;
  readonly createdAfter: Date | undefined;
  readonly createdBefore: Date | undefined;
  /** Where the page begins: as `next` or `previous` said. */
  readonly cursor: Cursor;
  readonly limit: number;
}

/** Ids of Stripe's, or, across several merchants, the time and id of the last one that was shown. */
export type Cursor = Readonly<Partial<Record<'after' | 'before' | 'older', string | undefined>>>;

/** A page of charges, where its neighbours begin, and why it may not be all. */
export interface ChargePage {
  readonly items: readonly StripeInvoice[];
  readonly next: Cursor | null;
  readonly previous: Cursor | null;
  readonly problem: 'many' | DomainError | null;
}

/** More merchants than this are not asked for one by one. */
const MOST_MERCHANTS = 20;
const NOTHING: ChargePage = { items: [], next: null, previous: null, problem: null };

/** Finds what Stripe charged, page by page, in all there ever was. */
export class ChargeLists {
  readonly #database: Database;
  readonly #gateway: StripeGateway;
  readonly #connections: StripeConnections;

  constructor(deps: {
    readonly database: Database;
    readonly stripeGateway: StripeGateway;
    readonly stripeConnections: StripeConnections;
  }) {
    this.#database = deps.database;
    this.#gateway = deps.stripeGateway;
    this.#connections = deps.stripeConnections;
  }

  /** Of all merchants of the platform. What Stripe refuses is said in `problem`. */
  async ofPlatform(ctx: TenantContext, filter: ChargeFilter): Promise<ChargePage> {
    return this.#orProblem(async () => {
      if (filter.q === '') return this.#page(ctx, filter, undefined);
      const found = await this.#byNumber(ctx, filter, undefined);
      if (found.length > 0) return { ...NOTHING, items: found };
      const customers = await this.#customersNamed(ctx, filter.q);
      if (customers.length > MOST_MERCHANTS) return { ...NOTHING, problem: 'many' };
      if (customers.length > 1) return this.#merged(ctx, filter, customers);
      return customers[0] === undefined ? NOTHING : this.#page(ctx, filter, customers[0]);
    });
  }

  /** Of one customer of Stripe's. */
  async ofCustomer(ctx: TenantContext, filter: ChargeFilter, customerId: string): Promise<ChargePage> {
    return this.#orProblem(async () =>
      filter.q === ''
        ? this.#page(ctx, filter, customerId)
        : { ...NOTHING, items: await this.#byNumber(ctx, filter, customerId) },
    );
  }

  /** Page after page, for files; at most so many charges. */
  async all(
    filter: ChargeFilter,
    page: (filter: ChargeFilter) => Promise<ChargePage>,
    most: number,
  ): Promise<ChargePage> {
    const items: StripeInvoice[] = [];
    let found = await page(filter);
    items.push(...found.items);
    while (found.next && items.length < most) {
      found = await page({ ...filter, cursor: found.next });
      items.push(...found.items);
    }
    return { ...found, items: items.slice(0, most), next: null, previous: null };
  }

  async #page(ctx: TenantContext, filter: ChargeFilter, customerId: string | undefined): Promise<ChargePage> {
    const { cursor, status, createdAfter, createdBefore, limit } = filter;
    const { items, nextAfter, previousBefore } = await this.#gateway.listInvoices(ctx, {
      ...(customerId === undefined ? {} : { customerId }),
      ...{ status, createdAfter, createdBefore, limit },
      ...(cursor.before === undefined ? { after: cursor.after } : { before: cursor.before }),
    });
    return {
      items,
      next: nextAfter === null ? null : { after: nextAfter },
      previous: previousBefore === null ? null : { before: previousBefore },
      problem: null,
    };
  }

  /** Stripe lists one customer or all: the newest of each are set in one order. */
  async #merged(ctx: TenantContext, filter: ChargeFilter, customers: readonly string[]): Promise<ChargePage> {
    const { status, createdAfter, limit } = filter;
    const last = readOlder(filter.cursor.older);
    const createdBefore = earliest(filter.createdBefore, last?.at);
    const pages = await Promise.all(
      customers.map((customerId) =>
        this.#gateway.listInvoices(ctx, { customerId, status, createdAfter, createdBefore, limit: 100 }),
      ),
    );
    const all = pages
      .flatMap(({ items }) => items)
      .filter((one) => last === null || isOlder(one, last))
      .sort((a, b) => (isOlder(a, { at: b.createdAt, id: b.id }) ? 1 : -1));
    const items = all.slice(0, limit);
    const end = items.at(-1);
    const hasMore = all.length > items.length || pages.some(({ nextAfter }) => nextAfter !== null);
    return {
      items,
      next: end && hasMore ? { older: `${end.createdAt.getTime() / 1_000}.${end.id}` } : null,
      previous: last === null ? null : {},
      problem: null,
    };
  }

  async #byNumber(
    ctx: TenantContext,
    { q, status }: ChargeFilter,
    customerId: string | undefined,
  ): Promise<readonly StripeInvoice[]> {
    const found = await this.#gateway.findInvoices(ctx, q);
    return found.filter(
      (one) =>
        (customerId === undefined || one.customerId === customerId) &&
        (status === undefined || one.status === status),
    );
  }

  async #customersNamed(ctx: TenantContext, q: string): Promise<readonly string[]> {
    const { account } = await this.#connections.of(ctx);
    const merchants = await this.#database.directory(ctx, ({ tx }) =>
      tx.query<{ id: string }>(
        `SELECT m.id FROM core_merchant m JOIN core_merchant_platform p ON p.merchant_id = m.id AND p.platform_id = $1
         WHERE m.display_name ILIKE $2 OR m.legal_name ILIKE $2`,
        [ctx.platform.id, `%${likeText(q)}%`],
      ),
    );
    const rows = await this.#database.readSystem<{ customerId: string }>(
      {
        name: 'billing_charge_customers',
        text: 'SELECT customer_id AS "customerId" FROM billing_stripe_customer WHERE platform_id = $1 AND account = $2 AND merchant_id = ANY($3) ORDER BY customer_id',
      },
      [ctx.platform.id, account, merchants.map(({ id }) => id)],
    );
    return rows.map(({ customerId }) => customerId);
  }

  async #orProblem(work: () => Promise<ChargePage>): Promise<ChargePage> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return { ...NOTHING, problem: error };
    }
  }
}

interface Last {
  readonly at: Date;
  readonly id: string;
}

function readOlder(older: string | undefined): Last | null {
  const [, seconds, id] = /^(\d{1,12})\.(in_\w+)$/.exec(older ?? '') ?? [];
  return seconds === undefined || id === undefined ? null : { at: new Date(Number(seconds) * 1_000), id };
}

/** Whether a charge stands below another one; of one second, by their ids. */
const isOlder = ({ createdAt, id }: StripeInvoice, last: Last): boolean =>
  createdAt < last.at || (createdAt.getTime() === last.at.getTime() && id < last.id);

const earliest = (a: Date | undefined, b: Date | undefined): Date | undefined =>
  a && b ? (a < b ? a : b) : (a ?? b);

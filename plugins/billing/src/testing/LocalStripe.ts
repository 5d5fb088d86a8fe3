import { createHmac } from 'node:crypto';
import type { Clock } from '@wizamart/core';
import { afterAttempt } from './billing/collect.js';
import { passTime } from './billing/lifeCycle.js';
import { endSetupChallenge } from './api/setupIntents.js';
import { confirmCharge } from './cards/charge.js';
import { answerApi, type ApiAnswer, type ApiRequest } from './http/answerApi.js';
import { shown } from './http/shown.js';
import { API_VERSION } from './state/apiVersion.js';
import { newId } from './state/ids.js';
import type { Delivery, Kind, Kinds } from './state/kinds.js';
import { Objects } from './state/Objects.js';
import { MemoryStore, type StateStore } from './state/StateStore.js';
import { World } from './state/World.js';

/** Sends a signed webhook; the status that came back, or 0 when nobody answered. */
export type Sender = (url: string, body: string, signature: string) => Promise<number>;

export interface LocalStripeOptions {
  readonly clock: Clock;
  /** Default: memory. */
  readonly store?: StateStore;
  /** Default: over HTTP. */
  readonly send?: Sender;
}

const FIRST_RETRY_MS = 60_000;
const LONGEST_RETRY_MS = 6 * 3_600_000;
const MAX_DELIVERIES = 16;

/**
 * Stripe on one's own machine: keeps state, speaks its API, sends signed webhooks, moves through time.
 *
 * Each test key is an account of its own: `sk_test_{account}`, `pk_test_{account}`. Without a test clock time is the
 * injected clock's, and what became due happens when {@link tick} is called.
 */
export class LocalStripe {
  /** Where it can be reached; set by whoever listens. */
  origin = 'http://127.0.0.1';
  readonly #clock: Clock;
  readonly #store: StateStore;
  readonly #send: Sender;
  readonly #objects = new Objects();
  #turn: Promise<unknown> = Promise.resolve();
  #delivering: Promise<void> | undefined;

  constructor({ clock, store = new MemoryStore(), send = sendOverHttp }: LocalStripeOptions) {
    this.#clock = clock;
    this.#store = store;
    this.#send = send;
  }

  /** Answers a request of the API, and sends the webhooks that it causes. */
  async request(account: string, request: ApiRequest): Promise<ApiAnswer> {
    const answer = await this.#alone(account, (world) => {
      const result = answerApi(world, request);
      return { result, keeps: result.keeps };
    });
    if (answer.keeps) this.#deliverSoon();
    return answer;
  }

  /** Lets everything happen that has become due on the injected clock. */
  async tick(): Promise<void> {
    await this.#refresh();
    for (const account of this.#objects.accounts)
      await this.#alone(account, (world) => {
        passTime(world, null, world.now);
        return { result: undefined, keeps: true };
      });
    await this.deliver();
  }

  /** Sends what waits to be sent, until nothing is due any more. */
  deliver(): Promise<void> {
    return (this.#delivering ??= this.#deliverAll().finally(() => (this.#delivering = undefined)));
  }

  /** The customer has answered their bank, for an intent of any account. @returns false when there is none */
  async answerChallenge(intentId: string, confirmed: boolean): Promise<boolean> {
    await this.#refresh();
    const account = this.#accountWith(intentId);
    if (account === undefined) return false;
    await this.#alone(account, (world) => {
      if (world.find('setup_intent', intentId))
        endSetupChallenge(world, world.get('setup_intent', intentId), confirmed);
      else endPaymentChallenge(world, intentId, confirmed);
      return { result: undefined, keeps: true };
    });
    await this.deliver();
    return true;
  }

  /** Sends an account's events there, signed with `secret`; the same when it is there already. */
  async ensureEndpoint(
    account: string,
    { url, secret }: { readonly url: string; readonly secret: string },
  ): Promise<void> {
    await this.#alone(account, (world) => {
      const isThere = world.all('webhook_endpoint').some((endpoint) => endpoint.url === url);
      if (!isThere)
        world.add('webhook_endpoint', {
          id: newId('we'),
          object: 'webhook_endpoint',
          api_version: API_VERSION,
          application: null,
          created: world.now,
          description: null,
          enabled_events: ['*'],
          livemode: false,
          metadata: {},
          status: 'enabled',
          url,
          _secret: secret,
        });
      return { result: undefined, keeps: !isThere };
    });
  }

  /** What an account has of a kind, newest first: for pages and tests. */
  async objects<K extends Kind>(account: string, kind: K): Promise<Kinds[K][]> {
    await this.#refresh();
    return this.#world(account).all(kind);
  }

  /** The object with this id of whichever account. */
  async findAnywhere<K extends Kind>(
    kind: K,
    id: string,
  ): Promise<{ account: string; object: Kinds[K] } | undefined> {
    await this.#refresh();
    for (const account of this.#objects.accounts) {
      const object = this.#objects.of(account, kind).get(id);
      if (object) return { account, object };
    }
    return undefined;
  }

  #accountWith(intentId: string): string | undefined {
    return this.#objects.accounts.find(
      (account) =>
        this.#objects.of(account, 'setup_intent').has(intentId) ||
        this.#objects.of(account, 'payment_intent').has(intentId),
    );
  }

  #world(account: string): World {
    return new World(this.#objects, account, this.#clock.now().getTime(), this.origin);
  }

  async #refresh(): Promise<void> {
    await this.#alone('', () => ({ result: undefined, keeps: false }));
  }

  /** One after another in this process, and by the store over all processes. */
  #alone<Result>(
    account: string,
    work: (world: World) => { readonly result: Result; readonly keeps: boolean },
  ): Promise<Result> {
    const mine = this.#turn.then(async () => {
      let written: ReturnType<World['writes']> = [];
      const result = await this.#store.exclusive((news) => {
        this.#objects.apply(news);
        const world = this.#world(account);
        const done = work(world);
        written = done.keeps ? world.writes() : [];
        return { result: done.result, writes: written };
      });
      this.#objects.apply(written);
      return result;
    });
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  #deliverSoon(): void {
    // Whoever asked has the answer already; what is not delivered is tried again by the next tick.
    this.deliver().catch(() => undefined);
  }

  async #deliverAll(): Promise<void> {
    for (;;) {
      const due = await this.#claimDue();
      if (due.length === 0) return;
      await Promise.all(due.map((one) => this.#deliverOne(one)));
    }
  }

  /** Takes what is due off the list until it is due again, so that nobody else sends it now. */
  async #claimDue(): Promise<{ account: string; delivery: Delivery }[]> {
    await this.#refresh();
    const claimed: { account: string; delivery: Delivery }[] = [];
    for (const account of this.#objects.accounts)
      await this.#alone(account, (world) => {
        const due = world
          .all('delivery')
          .filter(({ nextAt }) => nextAt <= world.nowMs)
          .reverse();
        for (const { id } of due) {
          const delivery = world.get('delivery', id);
          delivery.attempts += 1;
          delivery.nextAt =
            world.nowMs + Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (delivery.attempts - 1));
          claimed.push({ account, delivery });
        }
        return { result: undefined, keeps: due.length > 0 };
      });
    return claimed;
  }

  async #deliverOne({ account, delivery }: { account: string; delivery: Delivery }): Promise<void> {
    const event = this.#objects.of(account, 'event').get(delivery.event);
    const endpoint = this.#objects.of(account, 'webhook_endpoint').get(delivery.endpoint);
    let status = 200;
    if (event && endpoint) {
      const body = JSON.stringify(shown(event));
      status = await this.#send(
        endpoint.url,
        body,
        signature(body, endpoint._secret, this.#clock.now()),
      ).catch(() => 0);
    }
    const isDone = status >= 200 && status < 300;
    if (!isDone && delivery.attempts < MAX_DELIVERIES) return;
    await this.#alone(account, (world) => {
      world.remove('delivery', delivery.id);
      if (isDone && event) world.get('event', event.id).pending_webhooks -= 1;
      return { result: undefined, keeps: true };
    });
  }
}

/** `t=…,v1=…` as Stripe signs. */
export function signature(body: string, secret: string, now: Date): string {
  const time = Math.floor(now.getTime() / 1_000);
  return `t=${time},v1=${createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')}`;
}

export async function sendOverHttp(url: string, body: string, header: string): Promise<number> {
  const { status } = await fetch(url, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': header },
    redirect: 'manual',
    signal: AbortSignal.timeout(20_000),
  });
  return status;
}

function endPaymentChallenge(world: World, intentId: string, confirmed: boolean): void {
  const intent = world.get('payment_intent', intentId);
  if (intent.status !== 'requires_action') return;
  const invoice = intent._invoice === null ? undefined : world.get('invoice', intent._invoice);
  if (invoice) world.follow(invoice);
  const method = world.get('payment_method', intent.payment_method as string);
  const outcome = confirmCharge(world, intent, method, confirmed);
  if (invoice) afterAttempt(world, invoice, outcome);
}

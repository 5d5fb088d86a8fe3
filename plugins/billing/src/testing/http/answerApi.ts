import { hash } from 'node:crypto';
import { catalogueRoutes } from '../api/catalogue.js';
import { customerRoutes } from '../api/customers.js';
import { invoiceRoutes } from '../api/invoices.js';
import { moneyRoutes } from '../api/money.js';
import { paymentMethodRoutes } from '../api/paymentMethods.js';
import { platformRoutes } from '../api/platform.js';
import { setupIntentRoutes } from '../api/setupIntents.js';
import { subscriptionRoutes } from '../api/subscriptions.js';
import { ApiError, invalid } from './ApiError.js';
import { expand } from './expand.js';
import { parseForm, type Params } from './formBody.js';
import { refuseUnknown, textOf, textsOf } from './read.js';
import { ApiRoutes, type ApiRoute } from './routes.js';
import { shown } from './shown.js';
import type { World } from '../state/World.js';

export interface ApiRequest {
  readonly method: string;
  /** Below the origin, without the query. */
  readonly path: string;
  /** The query or the form body as it came. */
  readonly form: string;
  readonly idempotencyKey: string | undefined;
  /** Called with the publishable key, from a page. */
  readonly isPage: boolean;
}

export interface ApiAnswer {
  readonly status: number;
  readonly body: string;
  readonly isReplay: boolean;
  /** Whether what the request did is kept. */
  readonly keeps: boolean;
}

const DAY = 86_400;

const routes = new ApiRoutes([
  ...customerRoutes,
  ...paymentMethodRoutes,
  ...setupIntentRoutes,
  ...catalogueRoutes,
  ...subscriptionRoutes,
  ...invoiceRoutes,
  ...moneyRoutes,
  ...platformRoutes,
]);

/** Answers one request of the API; the same answer again where its idempotency key has been seen. */
export function answerApi(world: World, request: ApiRequest): ApiAnswer {
  try {
    const known = replay(world, request);
    if (known) return known;
    const { answer, isDry } = perform(world, request);
    const body = JSON.stringify(answer);
    keep(world, request, 200, body);
    return { status: 200, body, isReplay: false, keeps: !isDry };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const body = JSON.stringify({ error: error.error });
    if (error.keeps) keep(world, request, error.status, body);
    return { status: error.status, body, isReplay: false, keeps: error.keeps };
  }
}

function perform(world: World, request: ApiRequest): { readonly answer: object; readonly isDry: boolean } {
  const { method, path } = request;
  const found = routes.find(method, path);
  if (!found)
    throw new ApiError(404, {
      type: 'invalid_request_error',
      message: `Unrecognized request URL (${method}: ${path}). If you are trying to list objects, remove the trailing slash. If you are trying to retrieve an object, make sure you passed a valid (non-empty) identifier in your code. Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`,
    });
  const params = parseForm(request.form);
  const { route, id, sub } = found;
  refuseUnknown(params, route.params);
  if (request.isPage) refusePage(world, route, id, params);
  const result = route.handle({ world, params, id, sub, url: path });
  const answer = expand(world, visible(result), textsOf(params, 'expand') ?? []);
  return { answer, isDry: route.isDry ?? false };
}

function visible(result: object): object {
  const { object, data } = result as { object?: string; data?: object[] };
  return object === 'list' && Array.isArray(data) ? { ...result, data: data.map(shown) } : shown(result);
}

/** A page may only make a card, and see to the intent whose secret it was given. */
function refusePage(world: World, route: ApiRoute, id: string, params: Params): void {
  const refused = new ApiError(401, {
    type: 'invalid_request_error',
    message: 'This API call cannot be made with a publishable API key. Please use a secret API key.',
  });
  if (!route.isPublic) throw refused;
  if (id === '') return;
  const intent = world.find('setup_intent', id) ?? world.find('payment_intent', id);
  if (!intent || intent.client_secret !== textOf(params, 'client_secret')) throw refused;
}

function replay(world: World, request: ApiRequest): ApiAnswer | undefined {
  if (request.idempotencyKey === undefined || request.method === 'GET') return undefined;
  const kept = world.find('kept_answer', request.idempotencyKey);
  if (!kept || kept.created + DAY < Math.floor(world.nowMs / 1_000)) return undefined;
  if (kept.fingerprint !== fingerprintOf(request))
    throw new ApiError(400, {
      type: 'idempotency_error',
      message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${request.idempotencyKey}' if you meant to execute a different request.`,
    });
  return { status: kept.status, body: kept.body, isReplay: true, keeps: false };
}

function keep(world: World, request: ApiRequest, status: number, body: string): void {
  if (request.idempotencyKey === undefined || request.method === 'GET') return;
  if (request.idempotencyKey.length > 255)
    throw invalid('The idempotency key is longer than 255 characters.');
  world.add('kept_answer', {
    id: request.idempotencyKey,
    fingerprint: fingerprintOf(request),
    status,
    body,
    created: Math.floor(world.nowMs / 1_000),
  });
}

const fingerprintOf = ({ method, path, form }: ApiRequest): string =>
  hash('sha256', `${method} ${path} ${[...new URLSearchParams(form)].sort().join('&')}`, 'hex');

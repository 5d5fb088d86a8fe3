import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerPage, isPagePath } from './pages/answerPage.js';
import { LocalStripe, type LocalStripeOptions } from './LocalStripe.js';
import { API_VERSION } from './state/apiVersion.js';
import { randomText } from './state/ids.js';

export interface RunningLocalStripe {
  readonly stripe: LocalStripe;
  readonly host: string;
  readonly port: number;
  /** `http://host:port`. */
  readonly origin: string;
  stop(): Promise<void>;
}

const MAX_BODY_BYTES = 1024 * 1024;

/** Listens for Stripe's API and for the pages of the card script. */
export async function startLocalStripe(
  options: LocalStripeOptions & { readonly port?: number; readonly host?: string },
): Promise<RunningLocalStripe> {
  const stripe = new LocalStripe(options);
  const server = createServer((request, response) => {
    answer(stripe, request, response).catch((error: unknown) => {
      send(response, 500, {
        error: { type: 'api_error', message: error instanceof Error ? error.message : 'unknown' },
      });
    });
  });
  // A connection that idles must not keep a process from ending.
  server.on('connection', (socket) => socket.unref());
  const host = options.host ?? '127.0.0.1';
  await listen(server, options.port ?? 0, host);
  const { port } = server.address() as AddressInfo;
  stripe.origin = `http://${host}:${port}`;
  return {
    stripe,
    host,
    port,
    origin: stripe.origin,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

const listen = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });

async function answer(
  stripe: LocalStripe,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://local');
  const body = await bodyOf(request);
  if (isPagePath(url.pathname)) return answerPage(stripe, request.method ?? 'GET', url, body, response);
  const key = keyOf(request);
  const account = key === undefined ? undefined : /^(?:sk|rk|pk)_test_(\w{1,100})$/.exec(key)?.[1];
  if (key === undefined || account === undefined) return send(response, 401, { error: refusal(key) });
  const {
    status,
    body: text,
    isReplay,
  } = await stripe.request(account, {
    method: request.method ?? 'GET',
    path: url.pathname,
    form: request.method === 'GET' || request.method === 'DELETE' ? url.search.slice(1) || body : body,
    idempotencyKey: header(request, 'idempotency-key'),
    isPage: key.startsWith('pk_'),
  });
  response.setHeader('Request-Id', `req_${randomText(14)}`);
  response.setHeader('Stripe-Version', header(request, 'stripe-version') ?? API_VERSION);
  const usedKey = header(request, 'idempotency-key');
  if (usedKey !== undefined) response.setHeader('Idempotency-Key', usedKey);
  if (isReplay) response.setHeader('Idempotent-Replayed', 'true');
  send(response, status, text);
}

function send(response: ServerResponse, status: number, body: string | object): void {
  response.statusCode = status;
  response.setHeader('Content-Type', 'application/json');
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

const header = (request: IncomingMessage, name: string): string | undefined => {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
};

function keyOf(request: IncomingMessage): string | undefined {
  const [scheme, value] = (request.headers.authorization ?? '').split(' ');
  if (scheme === 'Bearer') return value;
  return scheme === 'Basic'
    ? Buffer.from(value ?? '', 'base64')
        .toString()
        .split(':')[0]
    : undefined;
}

const refusal = (key: string | undefined): object => ({
  type: 'invalid_request_error',
  message:
    key === undefined
      ? "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY')."
      : 'Invalid API Key provided: the local server takes test keys only.',
});

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new Error('the body is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

import { request, type Agent, type OutgoingHttpHeaders } from 'node:http';
import { CookieJar } from './CookieJar.js';
import { signInPath, type SignInSurface } from './places.js';
import { TestResponse } from './TestResponse.js';

export interface ClientOptions {
  /** The `Host` header, for example `oms.lu`; default `localhost`, where everything is below `/platforms/{code}/`. */
  readonly host?: string;
  /** Put before every path. */
  readonly root?: string;
  readonly token?: string;
  /** False leaves out what a browser says about where a request comes from. */
  readonly browser?: boolean;
  readonly headers?: RequestHeaders;
}

/** `undefined` takes a header out that the client would send. */
export type RequestHeaders = Readonly<Record<string, string | undefined>>;

export interface RequestOptions {
  readonly json?: unknown;
  /** Fields of a form; as pairs where a name comes twice. */
  readonly form?: Readonly<Record<string, string>> | readonly (readonly [name: string, value: string])[];
  /** A body as it is; its type goes into `headers`. */
  readonly body?: string | Buffer;
  readonly headers?: RequestHeaders;
}

/** A browser, or a programme, that speaks to one host of a test server; keeps cookies, follows no redirects. */
export class TestClient {
  readonly cookies = new CookieJar();
  readonly #options: ClientOptions & { readonly port: number; readonly agent: Agent };
  readonly #host: string;

  constructor(options: ClientOptions & { readonly port: number; readonly agent: Agent }) {
    this.#options = options;
    this.#host = options.host ?? 'localhost';
  }

  get(path: string, options: RequestOptions = {}): Promise<TestResponse> {
    return this.request('GET', path, options);
  }

  post(path: string, options: RequestOptions = {}): Promise<TestResponse> {
    return this.request('POST', path, options);
  }

  put(path: string, options: RequestOptions = {}): Promise<TestResponse> {
    return this.request('PUT', path, options);
  }

  patch(path: string, options: RequestOptions = {}): Promise<TestResponse> {
    return this.request('PATCH', path, options);
  }

  delete(path: string, options: RequestOptions = {}): Promise<TestResponse> {
    return this.request('DELETE', path, options);
  }

  request(
    method: string,
    path: string,
    { json, form, body, headers = {} }: RequestOptions = {},
  ): Promise<TestResponse> {
    const full = `${this.#options.root ?? ''}${path}`;
    const payload =
      json !== undefined
        ? JSON.stringify(json)
        : form
          ? new URLSearchParams(form as Record<string, string>).toString()
          : body;
    const sent = defined({
      ...this.#usual(method, full),
      ...(json !== undefined
        ? { 'content-type': 'application/json' }
        : form
          ? { 'content-type': 'application/x-www-form-urlencoded' }
          : {}),
      ...(payload === undefined ? {} : { 'content-length': String(Buffer.byteLength(payload)) }),
      ...lowerCase(this.#options.headers),
      ...lowerCase(headers),
    });
    return new Promise((resolve, reject) => {
      const { port, agent } = this.#options;
      const outgoing = request(
        { hostname: '127.0.0.1', port, agent, method, path: full, headers: sent, setHost: false },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('error', reject);
          answer.on('end', () => {
            this.cookies.take(answer.headers['set-cookie'] ?? []);
            resolve(
              new TestResponse(method, full, answer.statusCode ?? 0, answer.headers, Buffer.concat(chunks)),
            );
          });
        },
      );
      outgoing.on('error', reject);
      outgoing.end(payload);
    });
  }

  /**
   * Signs in by the form, as people do; keeps the cookie.
   *
   * @param path of the sign-in page; default: that of `surface` at the root of the client's host
   */
  async signIn({
    surface,
    path,
    email,
    password,
  }: {
    readonly surface: SignInSurface;
    readonly path?: string;
    readonly email: string;
    readonly password: string;
  }): Promise<TestResponse> {
    return (await this.post(path ?? signInPath(surface), { form: { email, password } })).expect(303);
  }

  #usual(method: string, path: string): RequestHeaders {
    const { browser = true, token } = this.#options;
    const isChange = method !== 'GET' && method !== 'HEAD';
    return {
      host: this.#host,
      ...(browser
        ? { 'sec-fetch-site': 'same-origin', ...(isChange ? { origin: `http://${this.#host}` } : {}) }
        : {}),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      cookie: this.cookies.header(path),
    };
  }
}

const lowerCase = (headers: RequestHeaders = {}): RequestHeaders =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

const defined = (headers: RequestHeaders): OutgoingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));

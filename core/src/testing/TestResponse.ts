import { strict as assert } from 'node:assert';
import type { IncomingHttpHeaders } from 'node:http';

/** The answer to a request of a {@link TestClient}. */
export class TestResponse {
  constructor(
    readonly method: string,
    readonly path: string,
    readonly status: number,
    readonly headers: IncomingHttpHeaders,
    readonly body: Buffer,
  ) {}

  get text(): string {
    return this.body.toString('utf8');
  }

  /** The page; fails when the answer is none. */
  get html(): string {
    assert.match(
      this.headers['content-type'] ?? '',
      /^text\/html/,
      `${this.#what} is no page:\n${this.text.slice(0, 500)}`,
    );
    return this.text;
  }

  /** Where a redirect leads; undefined for other answers. */
  get location(): string | undefined {
    return this.headers.location;
  }

  /** The answer of an API, or its problem document; fails when it is no JSON. */
  json<Value = Record<string, unknown>>(): Value {
    assert.match(
      this.headers['content-type'] ?? '',
      /json/,
      `${this.#what} is no JSON:\n${this.text.slice(0, 500)}`,
    );
    return JSON.parse(this.text) as Value;
  }

  /** The code of a problem document; undefined for other answers. */
  get problem(): string | undefined {
    return this.headers['content-type']?.startsWith('application/problem+json')
      ? this.json<{ code: string }>().code
      : undefined;
  }

  /** Itself, when it has that status. */
  expect(...statuses: readonly number[]): this {
    assert.ok(
      statuses.includes(this.status),
      `${this.#what}, not ${statuses.join(' or ')}:\n${this.text.slice(0, 1_000)}`,
    );
    return this;
  }

  get #what(): string {
    return `${this.method} ${this.path} answered ${this.status}`;
  }
}

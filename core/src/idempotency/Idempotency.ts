import { randomUUID } from 'node:crypto';
import type { Database } from '../database/Database.js';
import type { TenantContext } from '../kernel/context.js';
import type { FailureReporter } from '../kernel/failureReporter.js';
import { IdempotencyInProgress, IdempotencyKeyInvalid, IdempotencyKeyReused } from './errors.js';
import { CLAIM, FINISH, FREE, READ } from './statements.js';

/** Milliseconds after which the key of a request that never ended (its process died) may be taken again. */
export const LEASE_MS = 120_000;
/** Milliseconds for which an answer is kept. */
export const KEEP_MS = 24 * 3_600_000;

/** An answer as it can be given again. */
export interface Answer {
  readonly status: number;
  /** Only those that a repetition should carry too, e.g. content-type and location. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string | null;
}

export interface IdempotentRequest {
  /** Value of the header. */
  readonly key: string;
  /** Method and path pattern of the route. */
  readonly route: string;
  /** Who asks, e.g. `user:{id}`; keys of two actors never meet. */
  readonly actor: string;
  /** Hash over everything that makes the request another one: body, path parameters, query. */
  readonly bodyHash: string;
}

interface KeyRow {
  readonly bodyHash: string;
  readonly status: number | null;
  readonly headers: Readonly<Record<string, string>> | null;
  readonly body: Buffer | null;
}

/**
 * Lets a client send a request again without its effect happening again.
 *
 * Kept are answers below 400, for at least 24 hours. Everything else frees the key: after a 4xx nothing has
 * happened, and the client may correct its request and send it under the same key; after a 5xx it may just try
 * again. The key of a process that died is free after `LEASE_MS`.
 */
export class Idempotency {
  readonly #database: Pick<Database, 'system'>;
  readonly #failures: FailureReporter;

  constructor(deps: { readonly database: Pick<Database, 'system'>; readonly failures: FailureReporter }) {
    this.#database = deps.database;
    this.#failures = deps.failures;
  }

  /**
   * Runs a request, or gives its first answer again.
   *
   * The claim is committed before `run` starts: of any number of requests at once, on any number of nodes, one runs.
   *
   * @throws {IdempotencyKeyInvalid} 400 when the key is empty, too long or not visible ASCII
   * @throws {IdempotencyKeyReused} 422 when the key belongs to another body
   * @throws {IdempotencyInProgress} 409 while the first request runs
   */
  async around(
    ctx: TenantContext,
    request: IdempotentRequest,
    run: () => Promise<Answer>,
  ): Promise<{ readonly answer: Answer; readonly replayed: boolean }> {
    if (!/^[\x21-\x7e]{1,200}$/.test(request.key)) throw new IdempotencyKeyInvalid();
    const scope = [tenantOf(ctx), request.actor, request.route, request.key];
    const claim = randomUUID();
    const first = await this.#claim(ctx, scope, request.bodyHash, claim);
    if (first) return { answer: first, replayed: true };
    try {
      const answer = await run();
      await (answer.status < 400 ? this.#finish(ctx, claim, answer) : this.#free(claim));
      return { answer, replayed: false };
    } catch (error) {
      await this.#free(claim);
      throw error;
    }
  }

  async #claim(
    ctx: TenantContext,
    scope: readonly string[],
    bodyHash: string,
    claim: string,
  ): Promise<Answer | undefined> {
    const at = ctx.now.getTime();
    return this.#database.system(async (tx) => {
      const [mine] = await tx.query(CLAIM, [
        ...scope,
        bodyHash,
        claim,
        ctx.now,
        new Date(at + LEASE_MS),
        new Date(at + KEEP_MS),
      ]);
      if (mine) return undefined;
      const [row] = await tx.query<KeyRow & Record<string, unknown>>(READ, scope);
      if (row && row.bodyHash !== bodyHash) throw new IdempotencyKeyReused();
      // A missing row was freed between the two statements: the next try finds out.
      if (!row || row.status === null) throw new IdempotencyInProgress();
      return { status: row.status, headers: row.headers ?? {}, body: row.body };
    });
  }

  /** The effect has happened: a failure to keep the answer must not turn it into an error. */
  async #finish(ctx: TenantContext, claim: string, { status, headers, body }: Answer): Promise<void> {
    const bytes = typeof body === 'string' ? Buffer.from(body) : body;
    await this.#quietly(ctx, () =>
      this.#database.system((tx) => tx.query(FINISH, [claim, status, JSON.stringify(headers), bytes])),
    );
  }

  async #free(claim: string): Promise<void> {
    await this.#quietly(null, () => this.#database.system((tx) => tx.query(FREE, [claim])));
  }

  async #quietly(ctx: TenantContext | null, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#failures.report({
        plugin: 'core',
        platform: ctx?.platform.code ?? null,
        during: 'keeping the answer of an Idempotency-Key',
        error,
      });
    }
  }
}

const tenantOf = (ctx: TenantContext): string =>
  [ctx.platform.id, ctx.merchant?.id ?? '-', ctx.store?.id ?? '-'].join(':');

import { createHash } from 'node:crypto';
import type { Context } from 'koa';
import type { Idempotency } from '../idempotency/Idempotency.js';
import { raw, type RouteDefinition } from '../kernel/route.js';
import type { RequestContext } from './RequestContext.js';
import { isTagged } from './respond.js';

/** Lets routes that say so take `Idempotency-Key`. */
export class Idempotent {
  constructor(private readonly idempotency: Idempotency) {}

  async around(
    koa: Context,
    ctx: RequestContext,
    route: RouteDefinition,
    body: Buffer,
    perform: () => Promise<unknown>,
  ): Promise<unknown> {
    const key = koa.get('Idempotency-Key');
    if (key === '') return perform();
    const request = {
      key,
      route: `${route.method} ${route.surface} ${route.path}`,
      actor: nameOf(ctx),
      bodyHash: createHash('sha256').update(koa.url).update('\n').update(body).digest('hex'),
    };
    const { answer, replayed } = await this.idempotency.around(ctx, request, async () => {
      const answer = await perform();
      const status = isTagged(answer) && 'status' in answer ? (answer.status ?? 200) : route.status;
      const value = isTagged(answer) && answer.type === 'raw' ? answer.body : answer;
      return {
        status,
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: value === undefined ? null : JSON.stringify(value),
      };
    });
    if (replayed) koa.set('Idempotent-Replayed', 'true');
    return raw(answer.body, { status: answer.status, headers: answer.headers });
  }
}

/** Visitors are told apart by their address: a key of one must not answer another. */
function nameOf({ actor, request }: RequestContext): string {
  if (actor.kind === 'user') return `user:${actor.userId}`;
  return actor.kind === 'customer' ? `customer:${actor.customerId}` : `${actor.kind}:${request.ip}`;
}

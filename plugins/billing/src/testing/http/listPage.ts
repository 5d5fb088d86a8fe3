import { missing } from './ApiError.js';
import type { Params } from './formBody.js';
import { integerOf, objectOf, textOf } from './read.js';

export const LIST_PARAMS = ['limit', 'starting_after', 'ending_before', 'created'];

interface Listed {
  readonly id: string;
  readonly created?: number;
}

/** One page of a list, newest first, as Stripe gives it. */
export function listPage<Item extends Listed>(items: readonly Item[], params: Params, url: string) {
  const limit = Math.min(100, Math.max(1, integerOf(params, 'limit') ?? 10));
  const within = items.filter((item) => isCreatedWithin(item, params));
  const after = textOf(params, 'starting_after');
  const before = textOf(params, 'ending_before');
  if (before !== undefined) {
    const end = indexOf(within, before, 'ending_before');
    const data = within.slice(Math.max(0, end - limit), end);
    return { object: 'list', url, has_more: end - limit > 0, data };
  }
  const start = after === undefined ? 0 : indexOf(within, after, 'starting_after') + 1;
  return {
    object: 'list',
    url,
    has_more: start + limit < within.length,
    data: within.slice(start, start + limit),
  };
}

function indexOf(items: readonly Listed[], id: string, param: string): number {
  const index = items.findIndex((item) => item.id === id);
  if (index < 0) throw missing('object', id, param);
  return index;
}

function isCreatedWithin({ created = 0 }: Listed, params: Params): boolean {
  if (typeof params['created'] === 'string') return created === Number(params['created']);
  const range = objectOf(params, 'created') ?? {};
  const gte = integerOf(range, 'gte') ?? -Infinity;
  const gt = integerOf(range, 'gt') ?? -Infinity;
  const lte = integerOf(range, 'lte') ?? Infinity;
  const lt = integerOf(range, 'lt') ?? Infinity;
  return created >= gte && created > gt && created <= lte && created < lt;
}

import { PREFIXES, type Kind } from '../state/kinds.js';
import type { World } from '../state/World.js';
import { invalid } from './ApiError.js';
import { shown } from './shown.js';

const MAX_DEPTH = 4;

/** Puts whole objects where ids stand, and brings what is only sent when it is asked for. */
export function expand(world: World, answer: object, paths: readonly string[]): object {
  for (const path of paths) {
    const parts = path.split('.');
    if (parts.filter((part) => part !== 'data').length > MAX_DEPTH + 1)
      throw invalid('You cannot expand more than 4 levels of a property.', 'expand');
    walk(world, answer as Record<string, unknown>, parts, path);
  }
  return answer;
}

function walk(
  world: World,
  at: Record<string, unknown>,
  [name, ...rest]: readonly string[],
  path: string,
): void {
  if (name === undefined) return;
  if (!(name in at)) {
    const included = include(world, at, name);
    if (!included) throw invalid(`This property cannot be expanded (${path}).`, 'expand');
    at[name] = included;
  }
  const value = at[name];
  if (typeof value === 'string') at[name] = expanded(world, value) ?? value;
  const next = at[name];
  if (Array.isArray(next)) {
    next.forEach((one: unknown, index) => {
      if (typeof one === 'string') next[index] = expanded(world, one) ?? one;
      const whole = next[index] as unknown;
      if (typeof whole === 'object' && whole !== null)
        walk(world, whole as Record<string, unknown>, rest, path);
    });
  } else if (typeof next === 'object' && next !== null) {
    walk(world, next as Record<string, unknown>, rest, path);
  }
}

const kinds = (Object.entries(PREFIXES) as [Kind, string][]).sort(([, a], [, b]) => b.length - a.length);

function expanded(world: World, id: string): object | undefined {
  const kind = kinds.find(([, prefix]) => id.startsWith(`${prefix}_`))?.[0];
  const found = kind && world.find(kind, id);
  return found ? shown(found) : undefined;
}

/** What Stripe leaves out unless it is asked for. */
function include(world: World, at: Record<string, unknown>, name: string): object | undefined {
  const id = String(at['id']);
  const list = (data: readonly object[], url: string): object => ({
    object: 'list',
    data: data.map(shown),
    has_more: false,
    url,
  });
  switch (`${String(at['object'])}.${name}`) {
    case 'invoice.payments':
      return list(
        world
          .all('invoice_payment')
          .filter(({ invoice }) => invoice === id)
          .reverse(),
        `/v1/invoice_payments?invoice=${id}`,
      );
    case 'invoice.confirmation_secret': {
      const intent = world.all('payment_intent').find(({ _invoice }) => _invoice === id);
      return intent ? { client_secret: intent.client_secret, type: 'payment_intent' } : undefined;
    }
    case 'customer.subscriptions':
      return list(
        world.all('subscription').filter(({ customer, status }) => customer === id && status !== 'canceled'),
        `/v1/customers/${id}/subscriptions`,
      );
    case 'customer.tax_ids':
      return list(
        world.all('tax_id').filter(({ customer }) => customer === id),
        `/v1/customers/${id}/tax_ids`,
      );
    default:
      return undefined;
  }
}

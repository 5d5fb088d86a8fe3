import Handlebars from 'handlebars';
import { isEmpty } from './logic.js';

interface BlockCall {
  readonly hash: Readonly<Record<string, unknown>>;
  readonly data: object;
  fn(
    context: unknown,
    options?: { readonly data?: object; readonly blockParams?: readonly unknown[] },
  ): string;
  inverse(context: unknown): string;
}

// As Handlebars has them, for what views hold: values and lists, no functions.

export function when(this: unknown, value: unknown, call: BlockCall): string {
  return isEmpty(value) && !(value === 0 && call.hash['includeZero'] === true)
    ? call.inverse(this)
    : call.fn(this);
}

export function unless(this: unknown, value: unknown, call: BlockCall): string {
  return isEmpty(value) && !(value === 0 && call.hash['includeZero'] === true)
    ? call.fn(this)
    : call.inverse(this);
}

export function using(this: unknown, value: unknown, call: BlockCall): string {
  if (isEmpty(value) && value !== 0) return call.inverse(this);
  return call.fn(value, { data: call.data, blockParams: [value] });
}

const { each: eachOfAnything } = Handlebars.helpers as unknown as { each: typeof each };

export function each(this: unknown, list: unknown, call: BlockCall): string {
  if (!Array.isArray(list)) return eachOfAnything.call(this, list, call);
  const { length } = list;
  if (length === 0) return call.inverse(this);
  const data = Handlebars.createFrame(call.data) as Record<string, unknown>;
  let html = '';
  for (let index = 0; index < length; index++) {
    const value: unknown = list[index];
    data['key'] = data['index'] = index;
    data['first'] = index === 0;
    data['last'] = index === length - 1;
    html += call.fn(value, { data, blockParams: [value, index] });
  }
  return html;
}

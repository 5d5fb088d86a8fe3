import Handlebars from 'handlebars';
import { HelperMisuse, textArgument, type HelperCall } from './helper.js';

/** Whether both arguments are the same value. */
export const eq = (a: unknown, b: unknown): boolean => a === b;
export const ne = (a: unknown, b: unknown): boolean => a !== b;
/** Whether `{{#if}}` would see the value as empty. */
export const not = (value: unknown): boolean => isEmpty(value);

/** The first argument that is empty as `{{#if}}` sees it, else the last. */
export function and(...args: readonly unknown[]): unknown {
  let value: unknown;
  for (let i = 0; i < args.length - 1; i += 1) {
    value = args[i];
    if (isEmpty(value)) return value;
  }
  return value;
}

/** The first argument that is not empty, else the last. */
export function or(...args: readonly unknown[]): unknown {
  let value: unknown;
  for (let i = 0; i < args.length - 1; i += 1) {
    value = args[i];
    if (!isEmpty(value)) return value;
  }
  return value;
}

/** `(nth columns @index)`: an entry of a list, as for the heading of a cell; undefined beyond its end. */
export const nth = (entries: unknown, index: unknown): unknown =>
  Array.isArray(entries) && typeof index === 'number' ? (entries as readonly unknown[])[index] : undefined;

/** `(concat 'field-' name)`: the arguments as one text. */
export const concat = (...args: readonly unknown[]): string => args.slice(0, -1).join('');

/** `(list a b)`: the arguments as a list, to hand to a partial. */
export const list = (...args: readonly unknown[]): readonly unknown[] => args.slice(0, -1);

/** `(object label='…' href='…')`: the hash as an object, to hand to a partial. */
export const object = (call: HelperCall): unknown => ({ ...call.hash });

/** `{{attr 'disabled' isLocked}}`: an attribute; left out for false, null and undefined, without a value for true. */
export function attr(name: unknown, value: unknown, call: HelperCall): unknown {
  const attribute = textArgument(name, 'the name of attr', call);
  if (!/^[a-z][a-z-]*$/.test(attribute) || attribute.startsWith('on') || attribute === 'style') {
    throw new HelperMisuse(call, `attr cannot write the attribute '${attribute}'`);
  }
  if (value === false || value === null || value === undefined) return '';
  return new Handlebars.SafeString(
    value === true ? ` ${attribute}` : ` ${attribute}="${Handlebars.escapeExpression(String(value))}"`,
  );
}

/** Whether `{{#if}}` sees a value as empty: nothing, false, 0, '', or a list of nothing. */
export function isEmpty(value: unknown): boolean {
  return !value || (Array.isArray(value) && value.length === 0);
}

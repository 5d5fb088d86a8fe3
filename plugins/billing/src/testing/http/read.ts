import { invalid } from './ApiError.js';
import type { Params, ParamValue } from './formBody.js';

/** Reads typed values out of parameters; what does not fit is refused as Stripe refuses it. */

export function textOf(params: Params, name: string): string | undefined {
  const value = params[name];
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string') throw invalid(`Invalid string: ${name}`, name);
  return value;
}

/** Undefined: not given; null: given empty, which takes the value away. */
export function nullableTextOf(params: Params, name: string): string | null | undefined {
  return params[name] === '' ? null : textOf(params, name);
}

export function neededText(params: Params, name: string): string {
  const value = textOf(params, name);
  if (value === undefined) throw invalid(`Missing required param: ${name}.`, name, 'parameter_missing');
  return value;
}

export function integerOf(params: Params, name: string): number | undefined {
  const value = textOf(params, name);
  if (value === undefined) return undefined;
  if (!/^-?\d{1,15}$/.test(value))
    throw invalid(`Invalid integer: ${value}`, name, 'parameter_invalid_integer');
  return Number(value);
}

export function neededInteger(params: Params, name: string): number {
  const value = integerOf(params, name);
  if (value === undefined) throw invalid(`Missing required param: ${name}.`, name, 'parameter_missing');
  return value;
}

export function booleanOf(params: Params, name: string): boolean | undefined {
  const value = textOf(params, name);
  if (value === undefined) return undefined;
  if (value !== 'true' && value !== 'false') throw invalid(`Invalid boolean: ${value}`, name);
  return value === 'true';
}

export function objectOf(params: Params, name: string): Params | undefined {
  const value = params[name];
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'object' || Array.isArray(value)) throw invalid(`Invalid object: ${name}`, name);
  return value;
}

function listOf(params: Params, name: string): ParamValue[] | undefined {
  const value = params[name];
  if (value === undefined) return undefined;
  if (value === '') return [];
  if (!Array.isArray(value)) throw invalid(`Invalid array: ${name}`, name);
  return value;
}

export const objectsOf = (params: Params, name: string): Params[] | undefined =>
  listOf(params, name)?.map((value) => {
    if (typeof value !== 'object' || Array.isArray(value)) throw invalid(`Invalid object: ${name}`, name);
    return value;
  });

export const textsOf = (params: Params, name: string): string[] | undefined =>
  listOf(params, name)?.map((value) => {
    if (typeof value !== 'string') throw invalid(`Invalid string: ${name}`, name);
    return value;
  });

/** Of the listed words, or the default. */
export function wordOf<const Word extends string>(
  params: Params,
  name: string,
  words: readonly Word[],
): Word | undefined {
  const value = textOf(params, name);
  if (value === undefined || words.includes(value as Word)) return value as Word | undefined;
  throw invalid(`Invalid ${name}: must be one of ${words.join(', ')}`, name);
}

/** Given metadata over what is there; an empty value takes a key away. */
export function metadataOf(
  params: Params,
  before: Readonly<Record<string, string>> | null = null,
): Record<string, string> {
  if (params['metadata'] === '') return {};
  const merged: Record<string, string> = { ...before };
  for (const [name, value] of Object.entries(objectOf(params, 'metadata') ?? {})) {
    if (value === '') delete merged[name];
    else merged[name] = String(value);
  }
  return merged;
}

/** Refuses what the route does not know. */
export function refuseUnknown(params: Params, known: readonly string[]): void {
  const unknown = Object.keys(params).find((name) => !known.includes(name) && name !== 'expand');
  if (unknown !== undefined)
    throw invalid(`Received unknown parameter: ${unknown}`, unknown, 'parameter_unknown');
}

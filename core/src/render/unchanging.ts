import { Numbers } from './Numbers.js';

const known = new Numbers();

/**
 * Says of data that nobody will ever change it, and freezes it, so that it can be recognised by being the same: what
 * was drawn from it is found again without reading it.
 */
export function unchanging<Value extends object>(value: Value): Value {
  if (known.find(value) === undefined) {
    freeze(value);
    known.of(value);
  }
  return value;
}

/** Number of data that was said to be unchanging, unique in the process; undefined for all other. */
export const numberOf = (value: object): number | undefined => known.find(value);

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const inner of Object.values(value)) freeze(inner);
}

const known = new WeakMap<object, number>();
let last = 0;

/**
 * Says of data that nobody will ever change it, and freezes it, so that it can be recognised by being the same: what
 * was drawn from it is found again without reading it.
 */
export function unchanging<Value extends object>(value: Value): Value {
  if (!known.has(value)) {
    freeze(value);
    known.set(value, ++last);
  }
  return value;
}

/** Number of data that was said to be unchanging, unique in the process; undefined for all other. */
export const numberOf = (value: object): number | undefined => known.get(value);

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const inner of Object.values(value)) freeze(inner);
}

const SEGMENT = /^[a-z0-9][a-z0-9_-]*(\.[a-z0-9_-]+)*$/;

/**
 * The key, when it is one: segments of lower-case letters, digits, `-`, `_` and single dots, so that it means the same
 * on every disk and in every bucket, and leads nowhere else.
 *
 * @throws {TypeError} keys are made by code, never by a caller's input
 */
export function checkedKey(key: string): string {
  const isKey = key.length <= 500 && key.split('/').every((segment) => SEGMENT.test(segment));
  if (!isKey) throw new TypeError(`'${key.slice(0, 100)}' is no key of a file`);
  return key;
}

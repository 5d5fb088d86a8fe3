const LONGEST = 2_000;
const SOME_ORIGIN = 'http://local.invalid';

/**
 * The path to go to after sign-in, when it surely stays on this site; else undefined.
 *
 * Browsers read `//host` and `/\host` as another site and drop tabs and newlines, hence more than "starts with '/'".
 */
export const safeNext = (next: string | undefined): string | undefined => {
  if (!next || next.length > LONGEST || !/^\/(?![/\\])[\x21-\x7e]*$/.test(next) || next.includes('\\'))
    return undefined;
  const url = new URL(next, SOME_ORIGIN);
  // Dots may collapse into a double slash: '/.//host' becomes '//host'.
  if (url.origin !== SOME_ORIGIN || url.pathname.startsWith('//')) return undefined;
  return url.pathname + url.search + url.hash;
};

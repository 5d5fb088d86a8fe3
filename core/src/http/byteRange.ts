export interface Part {
  readonly start: number;
  /** Counts too. */
  readonly end: number;
}

/**
 * The part of a file that a request asks for (RFC 9110); undefined: all of it.
 *
 * Several ranges at once are answered with the whole, as is one whose `If-Range` names another version.
 */
export function byteRange(
  header: string,
  ifRange: string,
  file: { readonly bytes: number; readonly etag: string },
): Part | 'unsatisfiable' | undefined {
  const found = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header.trim());
  if (!found || (found[1] === '' && found[2] === '') || (ifRange !== '' && ifRange !== file.etag))
    return undefined;
  const [, first = '', last = ''] = found;
  const start = first === '' ? Math.max(0, file.bytes - Number(last)) : Number(first);
  const end = first === '' || last === '' ? file.bytes - 1 : Math.min(Number(last), file.bytes - 1);
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined;
  return start > end || start >= file.bytes ? 'unsatisfiable' : { start, end };
}

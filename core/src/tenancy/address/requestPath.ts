const SLASH = 47;
const DOT = 46;

/**
 * Where the path of a request target (`/a/b?c=d`) ends, or -1 when the path is none that a browser asks for:
 * dot segments, doubled slashes, slashes in disguise, control characters, escapes that are not UTF-8.
 */
export function pathEnd(target: string): number {
  if (target.charCodeAt(0) !== SLASH) return -1;
  let escaped = false;
  let i = 1;
  for (; i < target.length; i++) {
    const code = target.charCodeAt(i);
    if (code === 63 /* ? */) break;
    if (code === SLASH) {
      if (target.charCodeAt(i - 1) === SLASH) return -1;
    } else if (code <= 32 || code >= 127 || code === 92 /* \ */ || code === 35 /* # */) return -1;
    else if (code === 37 /* % */) escaped = true;
    else if (code === DOT && isDotSegment(target, i)) return -1;
  }
  return escaped && !isCleanEscaped(target.slice(0, i)) ? -1 : i;
}

/** The path below a prefix of `from` characters: starts with '/', ends with one only when it is the root. */
export function below(path: string, from: number): string {
  const end = path.charCodeAt(path.length - 1) === SLASH ? path.length - 1 : path.length;
  if (end <= from) return '/';
  return from === 0 && end === path.length ? path : path.slice(from, end);
}

/** Where the segment that starts behind the slash at `slash` ends. */
export function segmentEnd(path: string, slash: number): number {
  const end = path.indexOf('/', slash + 1);
  return end < 0 ? path.length : end;
}

function isDotSegment(target: string, i: number): boolean {
  if (target.charCodeAt(i - 1) !== SLASH) return false;
  const next = target.charCodeAt(i + 1) === DOT ? i + 2 : i + 1;
  const after = target.charCodeAt(next);
  return Number.isNaN(after) || after === SLASH || after === 63;
}

const HIDDEN = /%(?:2f|5c|[01][0-9a-f]|7f)/i;
const DOTS_ONLY = /(?:^|\/)\.{1,2}(?:\/|$)/;

function isCleanEscaped(path: string): boolean {
  if (HIDDEN.test(path)) return false;
  try {
    return !DOTS_ONLY.test(decodeURIComponent(path));
  } catch {
    return false;
  }
}

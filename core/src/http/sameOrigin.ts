import type { IncomingHttpHeaders } from 'node:http';
import { CrossOriginRefused } from '../errors/common.js';

const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

export interface OriginFacts {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  /** Scheme and host of the request as the client sees it: `https://acme.oms.lu`. */
  readonly ownOrigin: string;
  /** Whether the browser's ambient credentials (a cookie) could be at work. */
  readonly hasCookie: boolean;
}

/**
 * Refuses changes that a page of another origin triggers. `same-site` counts as hostile: sibling stores share a
 * site and are other tenants.
 *
 * @throws {CrossOriginRefused}
 */
export function refuseCrossOrigin({ method, headers, ownOrigin, hasCookie }: OriginFacts): void {
  if (SAFE.has(method)) return;
  const site = headers['sec-fetch-site'];
  if (site !== undefined) {
    if (site === 'same-origin' || site === 'none') return;
    throw new CrossOriginRefused();
  }
  const { origin } = headers;
  if (origin !== undefined) {
    if (origin === ownOrigin) return;
    throw new CrossOriginRefused();
  }
  // No browser of today: harmless without a cookie, and not to be told from a forgery with one.
  if (hasCookie) throw new CrossOriginRefused();
}

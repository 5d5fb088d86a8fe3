import type { RouteContext } from '../../../kernel/route.js';

/** A page above all platforms, for those who came to this platform's admin from there; null on its own address. */
export function globalAdminHref({ links, platform }: RouteContext, path: string): string | null {
  const here = links.to('admin', '/');
  const below = `/platforms/${platform.code}/`;
  return here.endsWith(below) ? `${here.slice(0, -below.length)}${path}` : null;
}

import type { Surface } from '../../kernel/context.js';
import { below } from './requestPath.js';

const ROOTS: Readonly<Record<Surface, string>> = {
  admin: '/api/v1/admin',
  store: '/api/v1/store',
  storefront: '/api/v1/storefront',
  platform: '/api/v1/platform',
  webhook: '/api/v1/webhook',
};

/** What follows `/api/v1/{surface}` at `at`; null where something else stands there. */
export function apiRest(path: string, at: number, surface: Surface): string | null {
  const root = ROOTS[surface];
  if (!path.startsWith(root, at)) return null;
  const end = at + root.length;
  return end === path.length || path.charCodeAt(end) === 47 ? below(path, end) : null;
}

import type { Surface } from '../../kernel/context.js';
import { below } from './requestPath.js';

/** What follows `/api/v1/{surface}` at `at`; null where something else stands there. */
export function apiRest(path: string, at: number, surface: Surface): string | null {
  const root = `/api/v1/${surface}`;
  if (!path.startsWith(root, at)) return null;
  const end = at + root.length;
  return end === path.length || path[end] === '/' ? below(path, end) : null;
}

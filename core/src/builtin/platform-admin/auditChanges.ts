import type { AuditEntry } from '../../identity/audit/AuditEntry.js';
import { maskSecrets } from '../../identity/audit/maskSecrets.js';

interface Change {
  /** Dotted path of what changed. */
  readonly field: string;
  readonly from: string | null;
  readonly to: string | null;
}

const DEEPEST = 4;

/**
 * What a line of the trail changed, field by field; what stayed is left out. Secrets were masked when it was written, and
 * are once more: a line may be older than the rule.
 */
export function auditChanges({ from, to }: Pick<AuditEntry, 'from' | 'to'>): Change[] {
  const [before, after] = [flat(maskSecrets(from)), flat(maskSecrets(to))];
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((field) => ({ field, from: before.get(field) ?? null, to: after.get(field) ?? null }))
    .filter((change) => change.from !== change.to);
}

function flat(value: unknown, path = '', into = new Map<string, string>(), depth = 0): Map<string, string> {
  if (value === null || value === undefined) return into;
  if (isBranch(value) && depth < DEEPEST) {
    for (const [key, inner] of Object.entries(value))
      flat(inner, path === '' ? key : `${path}.${key}`, into, depth + 1);
    return into;
  }
  into.set(path === '' ? 'value' : path, textOf(value));
  return into;
}

const isBranch = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function textOf(value: unknown): string {
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) return value.join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

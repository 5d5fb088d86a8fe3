import type { AuditEntry } from '../../../identity/audit/AuditEntry.js';

interface Side {
  readonly revision?: number;
  readonly modules?: readonly string[];
  readonly undone?: boolean;
}

/** What a line about a platform's modules says: codes that came and went, and the revision that it led to. */
export interface ModuleChangeFacts {
  readonly on: readonly string[];
  readonly off: readonly string[];
  readonly isUndo: boolean;
  readonly revision: number | null;
}

/** Reads a line `core.modules.changed` or `core.module.configured`; others have no facts. */
export function moduleChangeOf({ from, to }: Pick<AuditEntry, 'from' | 'to'>): ModuleChangeFacts {
  const before = ((from ?? {}) as Side).modules ?? [];
  const { modules: after = [], undone = false, revision = null } = (to ?? {}) as Side;
  return {
    on: after.filter((code) => !before.includes(code)),
    off: before.filter((code) => !after.includes(code)),
    isUndo: undone,
    revision,
  };
}

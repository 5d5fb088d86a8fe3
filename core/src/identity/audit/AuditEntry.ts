/** What happened to what; `from` and `to` hold the fields that changed. */
export interface AuditRecord {
  /** What happened, `plugin.noun.past`, e.g. `cms.page.published`. */
  readonly action: string;
  readonly subject: { readonly type: string; readonly id: string; readonly name?: string };
  readonly from?: unknown;
  readonly to?: unknown;
}

/** One line of the audit trail. */
export interface AuditEntry {
  readonly id: string;
  readonly occurredAt: Date;
  readonly actor: {
    readonly kind: 'user' | 'customer' | 'system' | 'anonymous';
    readonly id: string | null;
    readonly name: string;
  };
  readonly action: string;
  readonly subject: { readonly type: string; readonly id: string; readonly name: string | null };
  readonly from: unknown;
  readonly to: unknown;
  /** The administrator who acted as the actor; null: the actor themselves. */
  readonly impersonator: { readonly id: string | null; readonly name: string } | null;
  readonly requestId: string;
  readonly platformId: string | null;
  readonly merchantId: string | null;
  readonly storeId: string | null;
}

export interface AuditFilter {
  readonly action?: string;
  readonly actorId?: string;
  readonly subjectType?: string;
  readonly subjectId?: string;
  readonly platformId?: string;
  readonly merchantId?: string;
  readonly storeId?: string;
  /** From this moment on. */
  readonly since?: Date;
  /** Before this moment. */
  readonly until?: Date;
  /** Not after this line: pages of a list stay what they are while new lines come. */
  readonly upTo?: string;
  /** The beginning of actions: `core.` or `core.store.`. */
  readonly actionOf?: string;
  /** Name of who acted, in full. */
  readonly actor?: string;
  /** All on one page, up to 10,000: for files. */
  readonly isExport?: boolean;
  /** Part of an action, an actor's or a subject's name; any case. */
  readonly q?: string;
  /** From 1. */
  readonly page?: number;
  /** At most 100. */
  readonly perPage?: number;
}

export interface AuditPage {
  readonly items: readonly AuditEntry[];
  readonly total: number;
  readonly page: number;
  readonly perPage: number;
}

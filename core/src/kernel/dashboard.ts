import type { TenantContext } from './context.js';

/** What dashboards take from modules beside widgets. `load` and the like run in the request with its tenant. */
interface DashboardPart {
  /** Unique within the plugin. */
  readonly code: string;
  readonly order: number;
  readonly permission?: string;
  readonly feature?: string;
}

/** A step of setting a store up, done or not. */
export interface ChecklistItem extends DashboardPart {
  /** Translation keys: what to do, and why. */
  readonly label: string;
  readonly text?: string;
  /** Page of the store's dashboard where it is done. */
  readonly path: string;
  readonly done: (ctx: TenantContext) => Promise<boolean>;
}

/** A number at the head of a dashboard. */
export interface KeyFigure extends DashboardPart {
  readonly surface: 'admin' | 'store';
  /** Translation key. */
  readonly label: string;
  /** Page of the same dashboard that tells more. */
  readonly path?: string;
  /** Undefined: there is nothing to tell. */
  readonly load: (ctx: TenantContext) => Promise<FigureValue | undefined>;
}

export interface FigureValue {
  /** A number, or an amount in the currency's smallest unit. */
  readonly value: number | { readonly amountMinor: number; readonly currency: string };
  /** Translation key of a line below it, and its values. */
  readonly detail?: { readonly key: string; readonly values?: Readonly<Record<string, string | number>> };
}

/** Something that waits for the staff of a store. */
export interface TodoDefinition extends DashboardPart {
  /** Translation key of a sentence that takes `count`. */
  readonly text: string;
  readonly path: string;
  /** How many wait; 0: nothing is shown. */
  readonly count: (ctx: TenantContext) => Promise<number>;
}

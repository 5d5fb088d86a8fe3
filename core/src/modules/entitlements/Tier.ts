/** A level of subscription on a platform. */
export interface Tier {
  readonly code: string;
  readonly name: string;
  /** Ascending: a higher tier has the higher number. */
  readonly position: number;
  readonly features: ReadonlySet<string>;
  /** Limit code → number; what is left out is unlimited. */
  readonly limits: Readonly<Record<string, number>>;
}

/** What one merchant has beside its tier. */
export type Override =
  | { readonly kind: 'feature'; readonly code: string; readonly source: string; readonly until: Date | null }
  /** `value` null: unlimited. It never lowers what the tier gives. */
  | {
      readonly kind: 'limit';
      readonly code: string;
      readonly value: number | null;
      readonly source: string;
      readonly until: Date | null;
    };

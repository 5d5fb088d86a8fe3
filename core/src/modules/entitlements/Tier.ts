/** A level of subscription on a platform. */
export interface Tier {
  readonly code: string;
  readonly name: string;
  /** Ascending: a higher tier has the higher number. */
  readonly position: number;
  readonly features: ReadonlySet<string>;
  /** Limit code → number; what is left out is unlimited. */
  readonly limits: Readonly<Record<string, number>>;
  /** Merchants without a tier have this one. Where none is, the host's default holds. */
  readonly isDefault: boolean;
  /** Given to nobody since then; who has it keeps it. Null: offered. */
  readonly archivedAt: Date | null;
}

/** A tier as a merchant bought it, to be kept as it was then. */
export type TierTerms = Pick<Tier, 'name' | 'limits'> & { readonly features: readonly string[] };

/** What a merchant has by its tier, whether as it bought it or as the platform's tier says today. */
export type HeldTier = Pick<Tier, 'code' | 'name' | 'features' | 'limits'>;

/** What one merchant has beside its tier. */
export type Override = Given &
  (
    | { readonly kind: 'feature'; readonly code: string }
    /** `value` null: unlimited. It never lowers what the tier gives. */
    | { readonly kind: 'limit'; readonly code: string; readonly value: number | null }
    /** `value` more than all else gives: add-ons. */
    | { readonly kind: 'extra'; readonly code: string; readonly value: number }
  );

interface Given {
  /** Who gave it, such as `support` or `addon:extra-pages`; one per source and thing. */
  readonly source: string;
  /** Ends by itself; null: stays. */
  readonly until: Date | null;
  /** Why, in words for administrators; left out: the source says it. */
  readonly reason?: string | null;
}

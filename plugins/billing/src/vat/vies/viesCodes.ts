/** Answers of VIES that say nothing of the number: try again later. */
export const VIES_UNAVAILABLE_CODES = [
  'SERVICE_UNAVAILABLE',
  'MS_UNAVAILABLE',
  'TIMEOUT',
  'MS_MAX_CONCURRENT_REQ',
  'MS_MAX_CONCURRENT_REQ_TIME',
  'GLOBAL_MAX_CONCURRENT_REQ',
  'GLOBAL_MAX_CONCURRENT_REQ_TIME',
  'VAT_BLOCKED',
  'IP_BLOCKED',
] as const;

/** Worth another try within the same check: somebody was busy for a moment. */
export const VIES_BUSY_CODES: ReadonlySet<string> = new Set([
  'TIMEOUT',
  'SERVICE_UNAVAILABLE',
  'MS_MAX_CONCURRENT_REQ',
  'MS_MAX_CONCURRENT_REQ_TIME',
  'GLOBAL_MAX_CONCURRENT_REQ',
  'GLOBAL_MAX_CONCURRENT_REQ_TIME',
]);

/** What VIES said of a VAT id, or that it did not say anything. */
export interface ViesAnswer {
  readonly vatId: string;
  readonly status: 'valid' | 'invalid' | 'unavailable';
  /** Code of VIES: VALID, INVALID, INVALID_INPUT, or why it could not answer. */
  readonly code: string;
  /** Proof of the request, where the requester gave a VAT id of its own. */
  readonly consultationNumber: string | null;
  readonly name: string | null;
  readonly address: string | null;
  readonly checkedAt: Date;
}

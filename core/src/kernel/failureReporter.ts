/** A failure outside of what a caller sees, and whose it is. */
export interface Failure {
  /** Code of the plugin whose code failed. */
  readonly plugin: string;
  /** Code of the platform it failed for; `null` where none is known. */
  readonly platform: string | null;
  /** What was being done, for example `hook checkout.price, tap 'loyalty'`. */
  readonly during: string;
  readonly error: unknown;
}

/** Where failures go that do not end an operation: logs, counters per plugin and platform. Must not throw. */
export interface FailureReporter {
  report(failure: Failure): void;
}

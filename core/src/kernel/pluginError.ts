/**
 * A mistake in how plugins are written or composed: found at boot, told with who, what and how to mend it.
 *
 * Codes: P1xx the manifest, P2xx missing or unfit services, P3xx order, P4xx making services, P5xx snapshots, P6xx platforms.
 */
export class PluginError extends Error {
  constructor(
    readonly code: string,
    readonly plugin: string,
    readonly problem: string,
    readonly fix: string,
    options?: { cause?: unknown },
  ) {
    super(`${code} ${problem}: ${fix}`, options);
    this.name = 'PluginError';
  }
}

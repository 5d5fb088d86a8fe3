/** What the doctor found, with the way to mend it. */
export interface Finding {
  readonly level: 'ok' | 'warning' | 'error';
  /** kebab-case; the same for the same kind of finding. */
  readonly check: string;
  readonly message: string;
  /** Undefined where nothing is to be done. */
  readonly fix: string | undefined;
}

export const ok = (check: string, message: string): Finding => ({
  level: 'ok',
  check,
  message,
  fix: undefined,
});
export const warning = (check: string, message: string, fix: string): Finding => ({
  level: 'warning',
  check,
  message,
  fix,
});
export const error = (check: string, message: string, fix: string): Finding => ({
  level: 'error',
  check,
  message,
  fix,
});

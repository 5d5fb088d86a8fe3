/** One thing in the database that isolation does not allow. */
export interface Finding {
  /** The table, view, function or role. */
  readonly table: string;
  readonly what: string;
  readonly howToMend: string;
}

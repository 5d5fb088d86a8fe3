/** A number as it is printed, e.g. `INV-2026-00042`; the database writes the same. */
export const numberText = (series: string, year: number, number: number): string =>
  `${series}-${year}-${String(number).padStart(5, '0')}`;

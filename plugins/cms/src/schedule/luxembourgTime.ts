const ZONE = 'Europe/Luxembourg';
const FORMAT = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
});
const LOCAL = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::00)?$/;

/** An instant as a clock in Luxembourg shows it, in the form of an input for date and time: `2026-12-01T08:00`. */
export function luxembourgTime(instant: Date): string {
  const parts = Object.fromEntries(FORMAT.formatToParts(instant).map(({ type, value }) => [type, value]));
  return `${parts['year']}-${parts['month']}-${parts['day']}T${parts['hour']}:${parts['minute']}`;
}

/**
 * The instant at which a clock in Luxembourg shows a time; the first of two where clocks are set back.
 *
 * @returns undefined for what is no time, and for one that clocks skip when they are set forward
 */
export function fromLuxembourgTime(local: string): Date | undefined {
  const match = LOCAL.exec(local);
  if (!match) return undefined;
  const [, year, month, day, hour, minute] = match.map(Number);
  const asUtc = Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute);
  const wanted = local.slice(0, 16);
  // Luxembourg is one or two hours ahead; the larger offset is the earlier instant.
  return [2, 1]
    .map((ahead) => new Date(asUtc - ahead * 3_600_000))
    .find((at) => luxembourgTime(at) === wanted);
}

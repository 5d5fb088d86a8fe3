const DAY = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/Luxembourg',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** The day in Luxembourg at an instant, `yyyy-mm-dd`. */
export const luxembourgDay = (instant: Date): string => DAY.format(instant);

/** A day some days later; calendar days, whatever clocks do. */
export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

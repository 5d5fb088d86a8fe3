const MINUTE = 60_000,
  HOUR = 60 * MINUTE,
  DAY = 24 * HOUR;
/** Beyond so many days the date says more than their number. */
const MOST_DAYS = 60;

/** How far a time is from now, as key and number of a text; null: too far to be said in days. */
export function whenOf(at: Date, now: Date): { readonly key: string; readonly count: number } | null {
  const ahead = at.getTime() - now.getTime();
  const distance = Math.abs(ahead);
  const of = (unit: number, name: string) => ({
    key: `cms.when.${ahead < 0 ? 'past' : 'coming'}.${name}`,
    count: Math.floor(distance / unit),
  });
  if (distance < MINUTE) return { key: 'cms.when.now', count: 0 };
  if (distance < HOUR) return of(MINUTE, 'minutes');
  if (distance < DAY) return of(HOUR, 'hours');
  return distance < MOST_DAYS * DAY ? of(DAY, 'days') : null;
}

/** One period later (or n), counted from the anchor: the 31st becomes the 28th or 29th in February, and comes back. */
export function periodAfter(
  anchor: number,
  from: number,
  { interval, interval_count: count }: { readonly interval: string; readonly interval_count: number },
): number {
  for (let n = 1; ; n++) {
    const end = addIntervals(anchor, interval, n * count);
    if (end > from) return end;
  }
}

function addIntervals(anchor: number, interval: string, count: number): number {
  const start = new Date(anchor * 1_000);
  if (interval === 'day') return anchor + count * 86_400;
  if (interval === 'week') return anchor + count * 7 * 86_400;
  const months = interval === 'year' ? 12 * count : count;
  const year = start.getUTCFullYear();
  const month = start.getUTCMonth() + months;
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const time = start.getTime() % 86_400_000;
  return Math.floor((Date.UTC(year, month, Math.min(start.getUTCDate(), lastDay)) + time) / 1_000);
}

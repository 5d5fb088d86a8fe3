/** Says whether a minute (UTC) belongs to a schedule. */
export interface CronSchedule {
  matches(instant: Date): boolean;
}

interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
}

const FIELDS: readonly Field[] = [
  { name: 'minute', min: 0, max: 59 },
  { name: 'hour', min: 0, max: 23 },
  { name: 'day of month', min: 1, max: 31 },
  { name: 'month', min: 1, max: 12 },
  { name: 'day of week', min: 0, max: 7 },
];

/**
 * Reads a cron line of five fields in UTC: numbers, `*`, lists, ranges and steps; 0 and 7 are Sunday.
 *
 * As in cron, a line that restricts both day of month and day of week matches when either does.
 *
 * @throws {TypeError} with words that say which field is wrong
 */
export function parseCron(line: string): CronSchedule {
  const parts = line.trim().split(/\s+/);
  if (parts.length !== FIELDS.length)
    throw new TypeError(`'${line}' must have five fields: minute hour day month weekday`);
  const [minutes, hours, days, months, weekdays] = FIELDS.map((field, i) =>
    parseField(parts[i] as string, field),
  ) as [Set<number>, Set<number>, Set<number>, Set<number>, Set<number>];
  if (weekdays.has(7)) weekdays.add(0);
  const anyDay = (parts[2] as string).startsWith('*');
  const anyWeekday = (parts[4] as string).startsWith('*');
  const dayMatches = (day: number, weekday: number): boolean =>
    anyDay || anyWeekday ? days.has(day) && weekdays.has(weekday) : days.has(day) || weekdays.has(weekday);
  return {
    matches: (at) =>
      minutes.has(at.getUTCMinutes()) &&
      hours.has(at.getUTCHours()) &&
      months.has(at.getUTCMonth() + 1) &&
      dayMatches(at.getUTCDate(), at.getUTCDay()),
  };
}

function parseField(text: string, field: Field): Set<number> {
  return new Set(text.split(',').flatMap((part) => parsePart(part, field)));
}

function parsePart(part: string, { name, min, max }: Field): number[] {
  const match = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(part);
  const from = match?.[1] === undefined ? min : Number(match[1]);
  const stepped = match?.[3] !== undefined;
  const to = match?.[2] !== undefined ? Number(match[2]) : match?.[1] === undefined || stepped ? max : from;
  const step = stepped ? Number(match[3]) : 1;
  if (!match || from < min || to > max || from > to || step < 1) {
    throw new TypeError(`'${part}' is no ${name} from ${min} to ${max}`);
  }
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step);
}

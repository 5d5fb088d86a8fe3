import type { z } from 'zod';

type RawIssue = Parameters<z.core.$ZodErrorMap>[0];

/**
 * What is wrong with a value, for the person who gave it: a whole English sentence that says how to mend it.
 *
 * Takes the place of zod's own sentences; a schema's own come first. The dictionary of core has each of them as
 * `core.invalid.…`, with its translations.
 */
export function issueSentence(issue: RawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return typeSentence(issue.expected, issue.input);
    case 'too_small':
      return leastSentence(issue);
    case 'too_big':
      return mostSentence(issue);
    case 'invalid_format':
      return FORMATS[issue.format] ?? 'This is not written in the expected way.';
    case 'not_multiple_of':
      return issue.divisor === 1 ? WHOLE : `Enter a multiple of ${issue.divisor}.`;
    case 'invalid_value':
      return `Choose one of these: ${issue.values.map(String).join(', ')}.`;
    case 'unrecognized_keys':
      return 'This field is not known here; take it out.';
    default:
      return 'This does not fit here. Check it and enter it again.';
  }
}

const NEEDED = 'This is needed.';
const WHOLE = 'Enter a whole number.';

const TYPES: Readonly<Record<string, string>> = {
  string: 'Enter a text.',
  number: 'Enter a number.',
  nan: 'Enter a number.',
  int: WHOLE,
  bigint: WHOLE,
  boolean: 'Choose yes or no.',
  date: 'Enter a date.',
  array: 'Give a list.',
  set: 'Give a list.',
  tuple: 'Give a list.',
  object: 'Give an object with fields.',
  record: 'Give an object with fields.',
};

const FORMATS: Readonly<Record<string, string>> = {
  email: 'Enter an e-mail address, for example name@example.org.',
  url: 'Enter a whole web address, for example https://example.org.',
  uuid: 'This is not a valid id. Choose again.',
  guid: 'This is not a valid id. Choose again.',
  date: 'Enter a date as year-month-day, for example 2026-12-31.',
  datetime: 'Use a time with its offset, for example 2026-12-01T08:00:00+01:00.',
  time: 'Enter a time, for example 08:30.',
};

function typeSentence(expected: string, input: unknown): string {
  if (input === undefined || input === null) return NEEDED;
  return TYPES[expected] ?? 'This does not fit here. Check it and enter it again.';
}

const dayOf = (limit: unknown): string =>
  (limit instanceof Date ? limit : new Date(Number(limit))).toISOString().slice(0, 10);

function leastSentence({
  origin,
  minimum,
  inclusive,
}: {
  readonly origin: string;
  readonly minimum: unknown;
  readonly inclusive?: boolean | undefined;
}): string {
  const count = String(minimum);
  if (origin === 'string') return count === '1' ? NEEDED : `Enter at least ${count} characters.`;
  if (origin === 'array' || origin === 'set')
    return count === '1' ? 'Choose at least one.' : `Choose at least ${count}.`;
  if (origin === 'date') return `Choose ${dayOf(minimum)} or a later day.`;
  return inclusive === false ? `Enter more than ${count}.` : `Enter ${count} or more.`;
}

function mostSentence({
  origin,
  maximum,
  inclusive,
}: {
  readonly origin: string;
  readonly maximum: unknown;
  readonly inclusive?: boolean | undefined;
}): string {
  const count = String(maximum);
  if (origin === 'string') return `Shorten this to ${count} characters.`;
  if (origin === 'array' || origin === 'set') return `Choose at most ${count}.`;
  if (origin === 'date') return `Choose ${dayOf(maximum)} or an earlier day.`;
  return inclusive === false ? `Enter less than ${count}.` : `Enter ${count} or less.`;
}

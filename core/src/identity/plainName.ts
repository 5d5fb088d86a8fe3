import { z } from 'zod';

/** Characters that break lines, or turn the direction of what stands around a name, as in mails and in the trail. */
const NOT_PLAIN = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/** A name that people see: one line in whatever script, which leaves the text around it as it is. */
export const plainName = (longest: number) =>
  z
    .string()
    .trim()
    .max(longest)
    .refine((name) => !NOT_PLAIN.test(name), 'Use one line of plain text.');

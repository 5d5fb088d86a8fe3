import { LANGUAGES, z } from '@wizamart/core';

const line = (max: number) =>
  z
    .string()
    .trim()
    .max(max, `Shorten this to ${max} characters.`)
    .refine(
      (value) => !/[^\P{Cc}\t\n\r]|\p{Surrogate}/u.test(value),
      'This contains characters that cannot be shown.',
    );
const percent = z
  .number('Enter a number from 0 to 1.')
  .min(0, 'Enter a number from 0 to 1.')
  .max(1, 'Enter a number from 0 to 1.');

const altTexts = z.partialRecord(z.enum(LANGUAGES), line(300));

/** Fields beside the file of an upload. */
export const newMedium = z.object({
  title: line(200).optional(),
  alt: altTexts.optional(),
});
/** Changes of a medium: what is left out stays; an empty alternative text is taken out. */
export const mediumChanges = z.object({
  title: line(200).min(1, 'This is needed.').optional(),
  alt: altTexts.optional(),
  focus: z.strictObject({ x: percent, y: percent }).optional(),
});

export type NewMedium = z.output<typeof newMedium>;
export type MediumChanges = z.output<typeof mediumChanges>;

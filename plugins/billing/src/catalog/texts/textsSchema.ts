import { LANGUAGES, z } from '@wizamart/core';

/** What a product is called in a language. */
const textSchema = z.strictObject({
  name: z.string().trim().min(1).max(100),
  /** Empty: as it is sold. */
  description: z.string().trim().max(300).default(''),
});

/** By language; a language that is left out shows the name that the product is sold under. */
export const textsSchema = z.partialRecord(z.enum(LANGUAGES), textSchema);
export type TextsInput = z.input<typeof textsSchema>;
export type Texts = z.output<typeof textsSchema>;

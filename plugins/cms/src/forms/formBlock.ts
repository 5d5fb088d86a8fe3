import { z } from '@wizamart/core';
import { longText, shortText, text } from '../blocks/fields.js';

/** `consent`: a box that has to be ticked, with what one agrees to as its label. */
export const FORM_INPUTS = ['text', 'email', 'textarea', 'select', 'checkbox', 'consent'] as const;

const field = z
  .strictObject({
    input: z.enum(FORM_INPUTS),
    label: text(300),
    required: z.boolean().optional(),
    /** What can be chosen, where there is something to choose. */
    options: z.array(shortText).max(50).optional(),
  })
  .refine(({ input, options }) => input !== 'select' || (options?.length ?? 0) > 0, {
    path: ['options'],
    message: 'Say what can be chosen, one per line.',
  });

/** A form that visitors fill in. Where it is sent to is no part of it: always to the tenant itself. */
export const formBlock = z.strictObject({
  type: z.literal('form'),
  title: shortText.optional(),
  text: longText.optional(),
  fields: z.array(field).min(1).max(30),
  submitLabel: text(80),
  /** Shown after sending. */
  success: longText,
});
export type FormBlock = z.output<typeof formBlock>;
export type FormField = FormBlock['fields'][number];

import { z } from 'zod';
import { LANGUAGES } from '../kernel/context.js';
import { MailInvalid } from './errors.js';

/** Anything that ends a header line, or is no text at all. */
// eslint-disable-next-line no-control-regex -- control characters are what this is about
const CONTROL = /[\u0000-\u001f\u007f\u0085\u2028\u2029]/;

const headerText = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .refine((text) => !CONTROL.test(text), 'must not contain line breaks or control characters');

const addressSchema = z.object({
  name: headerText(120).optional(),
  // zod's pattern is stricter than the standard, and so leaves no room for comments, quotes or lists.
  address: z.email('is not an e-mail address').max(254),
});

/** What a mail brings along, together; it waits in the queue with the mail. */
const ATTACHMENT_CHARACTERS = 8_000_000;

const attachmentSchema = z.object({
  /** As the reader sees it. */
  name: headerText(120).refine((name) => !/[\\/]/.test(name), 'must not be a path'),
  type: z.string().regex(/^[a-z0-9.+-]+\/[a-z0-9.+-]+$/, 'is not a type of content'),
  /** The bytes in base64. */
  content: z.base64(),
});

export const mailMessageSchema = z.object({
  /** Names this mail for good: a delivery that is tried again carries the same Message-ID. */
  id: z.uuid(),
  from: addressSchema,
  to: addressSchema,
  replyTo: addressSchema.optional(),
  subject: headerText(250),
  html: z.string().max(1_000_000).optional(),
  text: z.string().max(1_000_000),
  attachments: z
    .array(attachmentSchema)
    .max(5)
    .refine(
      (files) => files.reduce((sum, { content }) => sum + content.length, 0) <= ATTACHMENT_CHARACTERS,
      'are larger than 6 MB together',
    )
    .optional(),
  language: z.enum(LANGUAGES),
});

/** One mail to one person, ready to be handed to a transport. */
export type MailMessage = z.output<typeof mailMessageSchema>;
export type MailAttachment = z.input<typeof attachmentSchema>;
export type MailAddress = z.input<typeof addressSchema>;

/** Checks a message before it is queued. @throws {MailInvalid} with the first field that is wrong */
export function checkMessage(message: unknown): MailMessage {
  const result = mailMessageSchema.safeParse(message);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new MailInvalid({
    field: issue?.path.join('.') || 'message',
    reason: issue?.message ?? 'is not valid',
  });
}

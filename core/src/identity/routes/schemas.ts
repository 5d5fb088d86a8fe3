import { z } from 'zod';
import { emailSchema } from '../email.js';

const LONGEST_PASSWORD = 1_000;

/** What an API client sends to sign in. */
export const credentialsSchema = z.object({
  email: emailSchema,
  password: z.string().min(1).max(LONGEST_PASSWORD),
});

/** A form is taken as it comes: what is missing or wrong is answered on the form, with what was typed. */
export const signInFormSchema = z.object({
  email: z.string().max(500).default(''),
  password: z.string().max(LONGEST_PASSWORD).default(''),
  next: z.string().max(2_000).optional(),
});

/** The second step, for clients and for the form. */
export const secondStepSchema = z.object({
  challenge: z.string().max(100),
  code: z.string().trim().min(1).max(40),
});

export const nextSchema = z.object({ next: z.string().max(2_000).optional() });

const user = z.object({
  id: z.uuid(),
  email: z.string(),
  name: z.string(),
  language: z.string().nullable(),
});

export const loginOutputSchema = z.object({ token: z.string(), expiresAt: z.iso.datetime(), user });

export const meOutputSchema = z.object({
  user: z.object({ id: z.uuid(), email: z.string(), name: z.string() }),
  audience: z.enum(['admin', 'store', 'customer']),
  isSuperAdmin: z.boolean(),
  /** Permissions held at this address; empty for customers. */
  permissions: z.array(z.string()),
});

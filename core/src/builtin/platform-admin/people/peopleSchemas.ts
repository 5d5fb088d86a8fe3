import { z } from 'zod';
import { plainName } from '../../../identity/plainName.js';
import { emailSchema } from '../../../identity/email.js';
import { LANGUAGES } from '../../../kernel/context.js';

export const invitationOutput = z.object({
  id: z.uuid(),
  email: z.string(),
  role: z.string(),
  roleName: z.string().nullable(),
  language: z.enum(LANGUAGES),
  invitedBy: z.string(),
  createdAt: z.date(),
  sentAt: z.date(),
  expiresAt: z.date(),
  status: z.enum(['open', 'expired', 'accepted', 'withdrawn']),
});
export const roleOutput = z.object({
  id: z.uuid(),
  name: z.string(),
  permissions: z.array(z.string()),
  holders: z.int(),
});
export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), total: z.int(), page: z.int(), perPage: z.int() });
export const itemsOf = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item) });

export const inviteBase = z.object({ email: emailSchema, language: z.enum(LANGUAGES) });
export const userId = z.object({ userId: z.uuid() });
export const roleId = z.object({ roleId: z.uuid() });
export const invitationId = z.object({ invitationId: z.uuid() });
export const roleName = plainName(80).min(1);
export const permissions = z.array(z.string().max(100)).max(500);

export const SOMEBODY = '01935a3e-7c00-7000-8000-000000000004';
export const SOME_ROLE = '01935a3e-7c00-7000-8000-000000000005';
export const SOME_INVITATION = '01935a3e-7c00-7000-8000-000000000006';
export const SOME_SESSION = '01935a3e-7c00-7000-8000-000000000009';

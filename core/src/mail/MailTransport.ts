import type { TenantContext } from '../kernel/context.js';
import type { MailMessage } from './message.js';

/** Hands one mail on. May be called twice for one message (same `id`). */
export interface MailTransport {
  deliver(ctx: TenantContext, message: MailMessage): Promise<void>;
  close(): Promise<void>;
}

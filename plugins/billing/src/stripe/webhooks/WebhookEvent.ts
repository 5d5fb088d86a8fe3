import { PlatformModel } from '@wizamart/core';

export const WEBHOOK_STATUSES = ['received', 'processed', 'ignored', 'dead'] as const;
/** `ignored`: nobody's business. `dead`: all attempts failed, an administrator may replay it. */
export type WebhookStatus = (typeof WEBHOOK_STATUSES)[number];

/** One event in the inbox. */
export class WebhookEvent extends PlatformModel {
  static override tableName = 'billing_webhook_event';
  static override jsonAttributes = ['payload'];
  declare id: string;
  declare provider: string;
  declare account: string;
  declare eventId: string;
  declare type: string;
  declare payload: Readonly<Record<string, unknown>>;
  declare status: WebhookStatus;
  /** How often processing has failed. */
  declare attempts: number;
  declare reason: string | null;
  declare merchantId: string | null;
  declare occurredAt: Date;
  declare receivedAt: Date;
  declare processedAt: Date | null;
}

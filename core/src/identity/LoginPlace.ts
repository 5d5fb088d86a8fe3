import type { PlatformRecord, StoreRecord } from '../kernel/context.js';
import type { Audience } from './audience.js';

/** Where and from where somebody signs in. */
export interface LoginPlace {
  readonly audience: Audience;
  readonly platform: Pick<PlatformRecord, 'id' | 'name' | 'host'>;
  /** Needed for customers; members may sign in above stores. */
  readonly store: Pick<StoreRecord, 'id' | 'merchantId' | 'name'> | null;
  readonly ip: string;
  readonly userAgent: string;
  readonly now: Date;
  /** Leads from the audit trail to the log. */
  readonly requestId?: string;
}

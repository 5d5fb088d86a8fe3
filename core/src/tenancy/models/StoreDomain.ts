import { StoreModel } from '../../database/models/StoreModel.js';

export const DOMAIN_STATUSES = ['verifying', 'active', 'failing', 'released'] as const;
export type DomainStatus = (typeof DOMAIN_STATUSES)[number];

/** A domain of a store's own, for one of its platforms. */
export class StoreDomain extends StoreModel {
  static override tableName = 'core_store_domain';
  declare id: string;
  declare platformId: string;
  /** Lower case, punycode. */
  declare domain: string;
  declare status: DomainStatus;
  declare token: string;
  declare isPrimary: boolean;
  declare failure: string | null;
  /** Served until then although the tier no longer includes domains. */
  declare graceUntil: Date | null;
  declare addedAt: Date;
  declare verifiedAt: Date | null;
  declare checkedAt: Date | null;
  declare releasedAt: Date | null;
}

import { type Language, PlatformModel } from '@wizamart/core';
import type { Interval } from '../catalog/ProductVersion.js';

/** A shop at a marketplace that is to be the store's. */
export interface ClaimedShop {
  readonly provider: string;
  readonly externalId: string;
  readonly slug: string | null;
  readonly name: string;
  readonly proof: Readonly<Record<string, string | number | boolean | null>>;
}

/** Who signs the contract. */
export interface Business {
  readonly legalName: string;
  readonly country: string;
  readonly line1: string;
  readonly line2: string;
  readonly postalCode: string;
  readonly city: string;
  readonly vatId: string | null;
  /** `unchecked`: VIES did not answer; it is asked again before the first invoice. Null: there is no VAT id. */
  readonly vatStatus: 'valid' | 'unchecked' | null;
}

/** Who will own the store, and where it will be. */
export interface AccountDraft {
  /** `known`: has proved by the password to have an account. */
  readonly kind: 'new' | 'known';
  readonly email: string;
  readonly name: string;
  /** Of `new`. */
  readonly passwordHash: string | null;
  readonly storeName: string;
  readonly storeCode: string;
}

export type SignUpStatus = 'open' | 'opened' | 'done';

/** A sign-up on its way. What is personal in it goes when it is done or has expired. */
export class SignUpRow extends PlatformModel {
  static override tableName = 'billing_sign_up';
  static override get jsonAttributes(): string[] {
    return ['shop', 'business', 'account'];
  }
  declare id: string;
  declare tokenHash: Buffer | null;
  declare mailHash: Buffer | null;
  declare status: SignUpStatus;
  declare language: Language;
  declare tier: string;
  declare interval: Interval;
  declare shop: ClaimedShop | null;
  declare business: Business | null;
  declare account: AccountDraft | null;
  declare confirmedAt: Date | null;
  /** Seal of the code that was mailed last; null: none counts. */
  declare codeSeal: string | null;
  declare codeSentAt: Date | null;
  declare codeTries: number;
  declare setupIntents: string[];
  declare setupIntentId: string | null;
  /** The card had a trial before, and the person was told so. */
  declare trialRefused: boolean;
  declare maySignIn: boolean;
  declare merchantId: string;
  declare storeId: string;
  declare ownerId: string;
  declare createdAt: Date;
  declare updatedAt: Date;
  declare expiresAt: Date;
  declare doneAt: Date | null;
}

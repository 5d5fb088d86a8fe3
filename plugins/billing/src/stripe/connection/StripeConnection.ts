import type { TenantContext } from '@wizamart/core';
import type Stripe from 'stripe';

export const STRIPE_ACCOUNTS = ['live', 'test', 'local'] as const;
/** Which of a platform's accounts: what is stored of one is nothing to another. */
export type StripeAccount = (typeof STRIPE_ACCOUNTS)[number];

/** The Stripe account that a platform's payments run through. */
export interface StripeConnection {
  readonly stripe: Stripe;
  readonly account: StripeAccount;
  readonly publishableKey: string;
  /** What webhooks are signed with; empty: none are believed. */
  readonly webhookSecret: string;
  /** Address of the card script. */
  readonly scriptUrl: string;
  /** Origins that a page with a card field may load scripts from, show frames of, and talk to. */
  readonly pageOrigins: {
    readonly script: readonly string[];
    readonly frame: readonly string[];
    readonly connect: readonly string[];
  };
}

/** Finds the account of the platform of a context. */
export interface StripeConnector {
  /** @throws {StripeNotConfigured | StripeKeyMode | StripeUnavailable} */
  of(ctx: TenantContext): Promise<StripeConnection>;
}

import type { InTransaction } from '@wizamart/core';
import { ProductVersion } from '../catalog/ProductVersion.js';
import { SubscribedAddOn, type Subscription } from './Subscription.js';
import type { KnownAddOn, Whole } from './Wanted.js';

/** A subscription with its tier, what is planned, and its add-ons. */
export async function readWhole(ctx: InTransaction, subscription: Subscription): Promise<Whole> {
  const version = (id: string): Promise<ProductVersion> =>
    ProductVersion.in(ctx).findOne({ id }).throwIfNotFound() as unknown as Promise<ProductVersion>;
  const rows = await SubscribedAddOn.in(ctx)
    .where({ subscriptionId: subscription.id })
    .whereNull('endedAt')
    .orderBy('startedAt');
  const addOns: KnownAddOn[] = [];
  for (const { id, versionId, quantity, pendingQuantity, endsAt } of rows)
    addOns.push({ id, version: await version(versionId), quantity, pendingQuantity, endsAt });
  return {
    subscription,
    tier: await version(subscription.versionId),
    addOns,
    pendingTier: subscription.pendingVersionId === null ? null : await version(subscription.pendingVersionId),
  };
}

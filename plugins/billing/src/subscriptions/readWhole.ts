import { NotFound, type InTransaction } from '@wizamart/core';
import { ProductVersion } from '../catalog/ProductVersion.js';
import { SubscribedAddOn, type Subscription } from './Subscription.js';
import type { KnownAddOn, Whole } from './Wanted.js';

/** A subscription with its tier, what is planned, and its add-ons. */
export async function readWhole(ctx: InTransaction, subscription: Subscription): Promise<Whole> {
  const [whole] = await readWholes(ctx, [subscription]);
  return whole as Whole;
}

/** Several of them, in as many questions as one. */
export async function readWholes(
  ctx: InTransaction,
  subscriptions: readonly Subscription[],
): Promise<readonly Whole[]> {
  if (subscriptions.length === 0) return [];
  const rows = await SubscribedAddOn.in(ctx)
    .whereIn(
      'subscriptionId',
      subscriptions.map(({ id }) => id),
    )
    .whereNull('endedAt')
    .orderBy('startedAt');
  const versionOf = await versionsIn(ctx, [
    ...subscriptions.flatMap(({ versionId, pendingVersionId }) => [versionId, pendingVersionId]),
    ...rows.map(({ versionId }) => versionId),
  ]);
  return subscriptions.map((subscription) => ({
    subscription,
    tier: versionOf(subscription.versionId),
    addOns: rows
      .filter(({ subscriptionId }) => subscriptionId === subscription.id)
      .map(({ versionId, ...addOn }) => addOnOf(addOn, versionOf(versionId))),
    pendingTier: subscription.pendingVersionId === null ? null : versionOf(subscription.pendingVersionId),
  }));
}

const addOnOf = (
  { id, quantity, pendingQuantity, startedAt, endsAt }: Omit<KnownAddOn, 'version'>,
  version: ProductVersion,
): KnownAddOn => ({ id, version, quantity, pendingQuantity, startedAt, endsAt });

/** What was bought, all of it at once. */
async function versionsIn(
  ctx: InTransaction,
  ids: readonly (string | null)[],
): Promise<(id: string) => ProductVersion> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  const versions = await ProductVersion.in(ctx).whereIn('id', wanted);
  const known = new Map(versions.map((version) => [version.id, version]));
  return (id) => {
    const found = known.get(id);
    if (!found) throw new NotFound({ what: 'What was bought' });
    return found;
  };
}

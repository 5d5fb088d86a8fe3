import { type InTransaction, MerchantModel } from '@wizamart/core';
import type { Interval } from '../catalog/ProductVersion.js';

export type OperationStatus = 'open' | 'awaiting' | 'done' | 'failed';

/** What may be asked for, and with what. `at`: when it was due (ISO 8601), where that was before it was done. */
export type Change =
  /** A new subscription without a trial. */
  | { readonly kind: 'subscribe'; readonly versionId: string; readonly interval: Interval }
  /** A subscription that was only ours is collected by card from now on. */
  | { readonly kind: 'collect' }
  | { readonly kind: 'change_now'; readonly versionId: string; readonly interval: Interval }
  | { readonly kind: 'change_later'; readonly versionId: string; readonly interval: Interval }
  | { readonly kind: 'drop_change' }
  | { readonly kind: 'cancel_later'; readonly reason: string | null }
  | { readonly kind: 'cancel_now'; readonly reason: string | null; readonly at?: string }
  | { readonly kind: 'expire'; readonly reason: string | null; readonly at?: string }
  /** Another tier that is given away: the way on without a card, where the provider wants that. */
  | {
      readonly kind: 'downgrade';
      readonly versionId: string;
      readonly reason: string | null;
      readonly at?: string;
    }
  | { readonly kind: 'reactivate' }
  | { readonly kind: 'pause'; readonly reason: string | null; readonly at?: string }
  | { readonly kind: 'resume' }
  | { readonly kind: 'set_add_on'; readonly versionId: string; readonly quantity: number }
  /** Fewer pieces from the next period on; as many as there are: what was planned is dropped. */
  | { readonly kind: 'plan_add_on'; readonly addOnId: string; readonly quantity: number }
  | { readonly kind: 'cancel_add_on'; readonly addOnId: string };

/** A change that somebody asked for: written before anything is done, so that it is done to its end. */
export class Operation extends MerchantModel {
  static override tableName = 'billing_operation';
  static override get jsonAttributes(): string[] {
    return ['payload'];
  }
  declare id: string;
  declare platformId: string;
  declare subscriptionId: string | null;
  declare kind: Change['kind'];
  declare payload: Change;
  declare status: OperationStatus;
  declare confirmUrl: string | null;
  declare failure: string | null;
  declare requestedBy: string;
  declare requestedAt: Date;
  declare finishedAt: Date | null;
}

/** Of the context's merchant on its platform. */
export const operationsHere = (ctx: InTransaction) =>
  Operation.in(ctx).where({ platformId: ctx.platform.id });

/** Ends what is not over yet. */
export async function close(
  ctx: InTransaction,
  id: string,
  status: 'done' | 'failed',
  failure: string | null,
): Promise<void> {
  await operationsHere(ctx)
    .where({ id })
    .whereIn('status', ['open', 'awaiting'])
    .patch({ status, failure, confirmUrl: null, finishedAt: ctx.now });
}

import { z } from '@wizamart/core';
import { INTERVALS } from '../catalog/ProductVersion.js';
import { SUBSCRIPTION_STATUSES } from './Subscription.js';

/* What the API answers; dates as ISO 8601, money in minor units. */

export const moneyShape = z.object({ amountMinor: z.int(), currency: z.string() });
export const intervalShape = z.enum(INTERVALS);

export const subscriptionShape = z.object({
  id: z.uuid(),
  status: z.enum(SUBSCRIPTION_STATUSES),
  isLive: z.boolean(),
  tier: z.object({ code: z.string(), name: z.string(), version: z.int() }),
  interval: intervalShape,
  price: moneyShape.nullable(),
  collection: z.enum(['stripe', 'none']),
  periodStart: z.date(),
  periodEnd: z.date(),
  trialEndsAt: z.date().nullable(),
  cancelAtPeriodEnd: z.boolean(),
  pending: z.object({ tier: z.string(), name: z.string(), interval: intervalShape, at: z.date() }).nullable(),
  card: z.object({ brand: z.string(), last4: z.string(), expMonth: z.int(), expYear: z.int() }).nullable(),
  addOns: z.array(
    z.object({
      id: z.uuid(),
      code: z.string(),
      name: z.string(),
      quantity: z.int(),
      price: moneyShape.nullable(),
      startedAt: z.date(),
      pendingQuantity: z.int().nullable(),
      endsAt: z.date().nullable(),
    }),
  ),
  pastDueSince: z.date().nullable(),
  pausedAt: z.date().nullable(),
  endedAt: z.date().nullable(),
  endReason: z.string().nullable(),
  operation: z
    .object({ id: z.uuid(), kind: z.string(), status: z.string(), confirmUrl: z.string().nullable() })
    .nullable(),
  createdAt: z.date(),
});

export const outcomeShape = z.object({
  operationId: z.uuid(),
  status: z.enum(['done', 'awaiting']),
  confirmUrl: z.string().nullable(),
  when: z.enum(['now', 'period_end']).optional(),
  subscription: subscriptionShape,
});

export const invoicePreviewShape = z.object({
  lines: z.array(
    z.object({
      description: z.string(),
      amountMinor: z.int(),
      proration: z.boolean(),
      periodStart: z.date(),
      periodEnd: z.date(),
    }),
  ),
  subtotalMinor: z.int(),
  taxMinor: z.int(),
  totalMinor: z.int(),
  currency: z.string(),
  dueAt: z.date(),
});

export const meterShape = z.object({
  code: z.string(),
  name: z.string(),
  module: z.string(),
  per: z.enum(['store', 'merchant']),
  store: z.object({ id: z.uuid(), code: z.string(), name: z.string() }).nullable(),
  limit: z.int().nullable(),
  current: z.int(),
  remaining: z.int().nullable(),
  isOver: z.boolean(),
  resetsAt: z.date().nullable(),
  upgradeTo: z.string().nullable(),
});

export const offerShape = z.object({
  kind: z.enum(['tier', 'add_on']),
  code: z.string(),
  name: z.string(),
  description: z.string(),
  features: z.array(z.string()),
  limits: z.record(z.string(), z.int()),
  currency: z.string(),
  monthlyMinor: z.int().nullable(),
  yearlyMinor: z.int().nullable(),
  maxQuantity: z.int(),
  position: z.int(),
  isPublic: z.boolean(),
  archivedAt: z.date().nullable(),
  version: z.int(),
});

export const versionShape = offerShape
  .omit({ position: true, isPublic: true, archivedAt: true })
  .extend({ id: z.uuid(), createdAt: z.date() });

export const chargeShape = z.object({
  id: z.string(),
  status: z.string(),
  currency: z.string(),
  totalMinor: z.int(),
  taxMinor: z.int(),
  createdAt: z.date(),
  paidAt: z.date().nullable(),
  confirmUrl: z.string().nullable(),
});

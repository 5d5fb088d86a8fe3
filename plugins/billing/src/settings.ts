import { z } from '@wizamart/core';
import { checkStripeKeys, stripeSettings } from './stripe/settings.js';

/** Numbers of days, for example `3,7,14`. */
const days = z
  .string()
  .regex(/^(?:|\d{1,3}(?:,\d{1,3})*)$/, 'Numbers of days with commas between them, for example 3,7,14.');

/** Settings of trials and of what happens when nothing is paid. */
const subscriptionSettings = {
  trialTier: z
    .string()
    .max(50)
    .default('')
    .describe('Tier of a trial; empty: the second tier that is sold, else the first'),
  trialDays: z.int().min(0).max(365).default(30).describe('Days of a trial; 0: none begins by itself'),
  repeatTrials: z
    .boolean()
    .default(false)
    .describe('Whether the same person, VAT id or card may have a trial again with another business'),
  trialEndPolicy: z
    .enum(['expire', 'downgrade', 'pause'])
    .default('expire')
    .describe('What happens at the end of a trial without a card'),
  signUpCard: z
    .enum(['optional', 'required'])
    .default('optional')
    .describe('Whether who signs up has to give a card; without a trial it is always needed'),
  trialReminderDays: days
    .default('7,1')
    .describe('Days before the end of a trial on which the merchant is reminded'),
  dunningDays: days
    .default('0,3,7,12')
    .describe('Days after a payment failed on which the merchant is reminded'),
  graceDays: z
    .int()
    .min(0)
    .max(365)
    .default(14)
    .describe('Days after a payment failed in which everything is kept'),
  dunningEndPolicy: z
    .enum(['cancel', 'pause', 'downgrade'])
    .default('cancel')
    .describe('What happens when the days of grace are over'),
  pausedDays: z
    .int()
    .min(1)
    .max(3_650)
    .default(180)
    .describe('Days after which a paused subscription is cancelled'),
  cardNoticeDays: z
    .int()
    .min(0)
    .max(90)
    .default(30)
    .describe('Days before a card ends on which the merchant is told'),
};

export const billingSettings = z
  .object({ ...stripeSettings, ...subscriptionSettings })
  .check(checkStripeKeys);
export type BillingSettings = z.output<typeof billingSettings>;

/** `3,7,14` → [3, 7, 14], ascending. */
export const daysOf = (text: string): readonly number[] =>
  text === ''
    ? []
    : text
        .split(',')
        .map(Number)
        .sort((a, b) => a - b);

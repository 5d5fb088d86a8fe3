import { periodAt, startOfDay } from '../subscriptions/calendar.js';

/** Start of the month in which limits per month are counted, by the subscription's day; as core counts. */
export const usageSince = (now: Date, anchor: Date): Date => periodAt(startOfDay(anchor), 'month', now).start;

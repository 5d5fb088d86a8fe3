import { cancelSubscription } from '../billing/cancelSubscription.js';
import { collect, finalize } from '../billing/collect.js';
import { raise } from '../billing/raise.js';
import { periodInvoice, startPeriod } from '../billing/renew.js';
import { releaseSchedule, scheduleFrom, updateSchedule } from '../billing/schedules.js';
import { startSubscription } from '../billing/startSubscription.js';
import { updateSubscription } from '../billing/updateSubscription.js';
import { invalid } from '../http/ApiError.js';
import { LIST_PARAMS, listPage } from '../http/listPage.js';
import { metadataOf, neededText, textOf } from '../http/read.js';
import type { ApiRoute } from '../http/routes.js';

const WRITABLE = [
  'items', 'metadata', 'default_tax_rates', 'default_payment_method', 'payment_behavior', 'proration_behavior',
  'cancel_at_period_end', 'trial_end', 'off_session', 'payment_settings', 'trial_settings',
]; // prettier-ignore

export const subscriptionRoutes: readonly ApiRoute[] = [
  {
    method: 'POST',
    path: '/v1/subscriptions',
    params: [...WRITABLE, 'customer', 'trial_period_days', 'billing_mode'],
    handle: ({ world, params }) => startSubscription(world, params),
  },
  {
    method: 'GET',
    path: '/v1/subscriptions',
    params: [...LIST_PARAMS, 'customer', 'status', 'price', 'test_clock'],
    handle: ({ world, params, url }) => {
      const customer = textOf(params, 'customer');
      const status = textOf(params, 'status');
      const found = world
        .all('subscription')
        .filter((one) => customer === undefined || one.customer === customer)
        .filter((one) =>
          status === undefined ? one.status !== 'canceled' : status === 'all' || one.status === status,
        );
      return listPage(found, params, url);
    },
  },
  {
    method: 'GET',
    path: '/v1/subscriptions/:id',
    params: [],
    handle: ({ world, id }) => world.find('subscription', id) ?? world.get('subscription', id),
  },
  {
    method: 'POST',
    path: '/v1/subscriptions/:id',
    params: [...WRITABLE, 'proration_date'],
    handle: ({ world, id, params }) => {
      const subscription = world.get('subscription', id);
      world.follow(subscription);
      return updateSubscription(world, subscription, params);
    },
  },
  {
    method: 'DELETE',
    path: '/v1/subscriptions/:id',
    params: ['invoice_now', 'prorate', 'cancellation_details'],
    handle: ({ world, id }) => {
      const subscription = world.get('subscription', id);
      if (subscription.status === 'canceled')
        throw invalid(`No such subscription: '${id}'`, 'id', 'resource_missing');
      world.follow(subscription);
      cancelSubscription(world, subscription, 'cancellation_requested');
      return subscription;
    },
  },
  {
    method: 'POST',
    path: '/v1/subscriptions/:id/resume',
    params: ['billing_cycle_anchor', 'proration_behavior', 'payment_behavior'],
    handle: ({ world, id }) => {
      const subscription = world.get('subscription', id);
      world.follow(subscription);
      if (subscription.status !== 'paused')
        throw invalid('Resuming a subscription is only supported for subscriptions with status `paused`.');
      subscription.billing_cycle_anchor = world.now;
      startPeriod(subscription, world.now);
      const invoice = periodInvoice(world, subscription, 'subscription_update');
      finalize(world, invoice);
      const outcome = collect(world, invoice);
      if (outcome === undefined || outcome === 'succeeded') {
        subscription.status = 'active';
        raise(world, 'customer.subscription.resumed', subscription);
        raise(world, 'customer.subscription.updated', subscription, { status: 'paused' });
      }
      return subscription;
    },
  },
  {
    method: 'POST',
    path: '/v1/subscription_schedules',
    params: ['from_subscription', 'metadata', 'end_behavior'],
    handle: ({ world, params }) => {
      const subscription = world.get(
        'subscription',
        neededText(params, 'from_subscription'),
        'from_subscription',
      );
      world.follow(subscription);
      return scheduleFrom(world, subscription);
    },
  },
  {
    method: 'GET',
    path: '/v1/subscription_schedules',
    params: [...LIST_PARAMS, 'customer'],
    handle: ({ world, params, url }) => {
      const owner = textOf(params, 'customer');
      return listPage(
        world
          .all('subscription_schedule')
          .filter(({ customer }) => owner === undefined || customer === owner),
        params,
        url,
      );
    },
  },
  {
    method: 'GET',
    path: '/v1/subscription_schedules/:id',
    params: [],
    handle: ({ world, id }) =>
      world.find('subscription_schedule', id) ?? world.get('subscription_schedule', id),
  },
  {
    method: 'POST',
    path: '/v1/subscription_schedules/:id',
    params: ['phases', 'end_behavior', 'proration_behavior', 'metadata', 'default_settings'],
    handle: ({ world, id, params }) => {
      const schedule = world.get('subscription_schedule', id);
      world.follow(schedule);
      schedule.metadata = metadataOf(params, schedule.metadata);
      return updateSchedule(world, schedule, params);
    },
  },
  {
    method: 'POST',
    path: '/v1/subscription_schedules/:id/release',
    params: ['preserve_cancel_date'],
    handle: ({ world, id }) => {
      const schedule = world.get('subscription_schedule', id);
      world.follow(schedule);
      return releaseSchedule(world, schedule);
    },
  },
  {
    method: 'POST',
    path: '/v1/subscription_schedules/:id/cancel',
    params: ['invoice_now', 'prorate'],
    handle: ({ world, id }) => {
      const schedule = world.get('subscription_schedule', id);
      world.follow(schedule);
      if (schedule.status !== 'active') throw invalid('Only active schedules can be canceled.');
      cancelSubscription(
        world,
        world.get('subscription', schedule.subscription as string),
        'cancellation_requested',
      );
      return schedule;
    },
  },
];

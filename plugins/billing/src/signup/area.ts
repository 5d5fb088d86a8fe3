import type { ChecklistItem, RouteDefinition } from '@wizamart/core';
import type { SubscriptionReader } from '../subscriptions/SubscriptionReader.js';
import { SignUpAccounts } from './SignUpAccounts.js';
import { signUpApi } from './signUpApi.js';
import { SignUpCards } from './SignUpCards.js';
import { SignUpCodeCounts } from './SignUpCodeCounts.js';
import { SignUpDrafts } from './SignUpDrafts.js';
import { SignUpFinish } from './SignUpFinish.js';
import { SignUpLimits } from './SignUpLimits.js';
import { signUpPageRoutes, type SignUpPageServices } from './signUpPageRoutes.js';
import { SignUpPages } from './SignUpPages.js';
import { SignUpRows } from './SignUpRows.js';
import { SignUpTrials } from './SignUpTrials.js';
import { SignUps } from './SignUps.js';
import { signUpCodes, signUpComments, signUpReaders, signUpTable } from './signUpTable.js';
import { BILLING } from '../subscriptions/permissions.js';

export { ShopDirectoryService } from './ShopDirectory.js';
export { signUpJobs } from './signUpJobs.js';

/** From a choice of plan to a store with a trial. */
export const signUpServices = {
  signUpRows: SignUpRows,
  signUpLimits: SignUpLimits,
  signUpCodeCounts: SignUpCodeCounts,
  signUpDrafts: SignUpDrafts,
  signUpAccounts: SignUpAccounts,
  signUpCards: SignUpCards,
  signUpFinish: SignUpFinish,
  signUpTrials: SignUpTrials,
  signUps: SignUps,
  signUpPages: SignUpPages,
};

export const signUpMigrations = [signUpTable, signUpReaders, signUpComments, signUpCodes];

export const signUpRoutes = (wiring: SignUpPageServices): RouteDefinition[] => [
  ...signUpApi(wiring),
  ...signUpPageRoutes(wiring),
];

/** What a new owner still has to do about money. */
export const signUpChecklist = ({
  subscriptionReader,
}: {
  readonly subscriptionReader: SubscriptionReader;
}): readonly ChecklistItem[] => [
  {
    code: 'card',
    order: 400,
    label: 'billing.checklist.card',
    text: 'billing.checklist.cardText',
    path: '/billing',
    permission: BILLING.own.view,
    done: async (ctx) => {
      const subscription = await subscriptionReader.forDashboard(ctx);
      return subscription === undefined || subscription.card !== null;
    },
  },
];

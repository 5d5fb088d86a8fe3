import { on, StoreJoined, type Subscription as EventSubscription } from '@wizamart/core';
import { Catalogue } from '../catalog/Catalogue.js';
import { catalogueRoutes } from '../catalog/catalogueRoutes.js';
import { catalogueTables } from '../catalog/catalogueTables.js';
import { productTextRoutes } from '../catalog/texts/productTextRoutes.js';
import { ProductTexts } from '../catalog/texts/ProductTexts.js';
import { productTextTable } from '../catalog/texts/productTextTable.js';
import { BillingMails } from '../jobs/BillingMails.js';
import { Dunning } from '../jobs/Dunning.js';
import { Fallback } from '../jobs/Fallback.js';
import { StaleSubscriptions } from '../jobs/StaleSubscriptions.js';
import { TrialExpirations } from '../jobs/TrialExpirations.js';
import { DemoSubscriptions } from '../trial/DemoSubscriptions.js';
import { TrialHistory } from '../trial/TrialHistory.js';
import { trialMarkBackfill } from '../trial/trialMarkBackfill.js';
import { trialMarkTable } from '../trial/trialMarkTable.js';
import { Trials } from '../trial/Trials.js';
import { PeriodCounters } from '../usage/PeriodCounters.js';
import { UsageSummaries } from '../usage/UsageSummaries.js';
import { AddOnSales } from './AddOnSales.js';
import { adminSubscriptionRoutes, type AdminRouteServices } from './adminRoutes.js';
import { Cards } from './Cards.js';
import { Endings } from './Endings.js';
import { addOnQuantities } from './addOnQuantities.js';
import { columnComments } from './columnComments.js';
import { ComparedSubscriptions } from './ComparedSubscriptions.js';
import { EntitlementProjection } from './EntitlementProjection.js';
import { InvoicePreviews } from './InvoicePreviews.js';
import { LineTexts } from './LineTexts.js';
import { OperationCalls } from './OperationCalls.js';
import { OperationEffects } from './OperationEffects.js';
import { Operations } from './Operations.js';
import { Payments } from './Payments.js';
import { PlanChanges } from './PlanChanges.js';
import { storeSubscriptionRoutes, type StoreRouteServices } from './storeRoutes.js';
import { StripeItems } from './StripeItems.js';
import { StripeNotices } from './StripeNotices.js';
import { StripeSync } from './StripeSync.js';
import { SubscriptionLists } from './SubscriptionLists.js';
import { SubscriptionReader } from './SubscriptionReader.js';
import { subscriptionTables } from './subscriptionTables.js';
import { SubscriptionWriter } from './SubscriptionWriter.js';

export { billingJobs as subscriptionJobs } from '../jobs/billingJobs.js';
export { billingFeatures } from './features.js';
export { subscriptionPermissions } from './permissions.js';

/** Services of catalogue, subscriptions, trials, usage and jobs. */
export const subscriptionServices = {
  productTexts: ProductTexts,
  catalogue: Catalogue,
  projection: EntitlementProjection,
  subscriptionWriter: SubscriptionWriter,
  subscriptionReader: SubscriptionReader,
  subscriptionLists: SubscriptionLists,
  stripeItems: StripeItems,
  lineTexts: LineTexts,
  stripeSync: StripeSync,
  operationCalls: OperationCalls,
  operationEffects: OperationEffects,
  operations: Operations,
  planChanges: PlanChanges,
  endings: Endings,
  addOnSales: AddOnSales,
  cards: Cards,
  invoicePreviews: InvoicePreviews,
  stripeNotices: StripeNotices,
  payments: Payments,
  comparedSubscriptions: ComparedSubscriptions,
  trialHistory: TrialHistory,
  trials: Trials,
  demoSubscriptions: DemoSubscriptions,
  fallback: Fallback,
  billingMails: BillingMails,
  trialExpirations: TrialExpirations,
  dunning: Dunning,
  staleSubscriptions: StaleSubscriptions,
  periodCounters: PeriodCounters,
  usageSummaries: UsageSummaries,
};

export const subscriptionMigrations = [
  catalogueTables,
  subscriptionTables,
  columnComments,
  addOnQuantities,
  trialMarkTable,
  productTextTable,
  trialMarkBackfill,
];

export const subscriptionRoutes = (
  services: StoreRouteServices &
    AdminRouteServices & { readonly catalogue: Catalogue; readonly productTexts: ProductTexts },
) => [
  ...storeSubscriptionRoutes(services),
  ...adminSubscriptionRoutes(services),
  ...catalogueRoutes(services.catalogue),
  ...productTextRoutes(services),
];

/** A merchant's first store on a platform begins its trial. */
export const subscriptionListeners = ({ trials }: { readonly trials: Trials }): EventSubscription[] => [
  on(
    StoreJoined,
    async (ctx, _store, { occurredAt }) => void (await trials.begin(ctx, { since: occurredAt })),
    'trial',
  ),
];

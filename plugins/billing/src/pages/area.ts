import type {
  HookTap,
  MenuItemDefinition,
  RouteDefinition,
  TodoDefinition,
  WidgetDefinition,
} from '@wizamart/core';
import { INVOICING } from '../invoices/permissions.js';
import { BILLING } from '../subscriptions/permissions.js';
import { addOnForms } from './admin/addOnForm.js';
import { billingHistoryPages } from './admin/billingHistory.js';
import { comparisonPages } from './admin/comparisonPages.js';
import { productPages } from './admin/productDetail.js';
import { productNamePages } from './admin/productNames.js';
import { subscriptionActions } from './admin/subscriptionActions.js';
import { subscriptionListPage } from './admin/subscriptionList.js';
import { tierLines } from './admin/tierLines.js';
import { tierListPage } from './admin/tierList.js';
import { tierPriceRoutes } from './admin/tierPrices.js';
import { webhookPages } from './admin/webhookPages.js';
import { ChargeLists } from './ChargeLists.js';
import { PageFacts } from './PageFacts.js';
import type { PageParts } from './parts.js';
import { addOnPages } from './store/addOnPages.js';
import { cardPages } from './store/cardPages.js';
import { changeTierPages } from './store/changeTier.js';
import { endingPages } from './store/endingPages.js';
import { historyPages } from './store/historyPages.js';
import { overviewPage } from './store/overview.js';
import { billingCommands, planTodo, planWidget, upgradeTap } from './store/planWidget.js';

export const pageServices = { pageFacts: PageFacts, chargeLists: ChargeLists };

const admin = { surface: 'admin', section: 'billing' } as const;

export const pageMenu: readonly MenuItemDefinition[] = [
  {
    ...admin,
    code: 'subscription-tiers',
    label: 'billing.menu.tiers',
    path: '/subscription-tiers',
    order: 400,
    icon: 'coin-euro',
    permission: BILLING.prices.view,
  },
  {
    ...admin,
    code: 'subscriptions',
    label: 'billing.menu.subscriptions',
    path: '/subscriptions',
    order: 410,
    icon: 'repeat',
    permission: BILLING.subscriptions.view,
  },
  {
    ...admin,
    code: 'billing-history',
    label: 'billing.menu.history',
    path: '/billing-history',
    order: 420,
    icon: 'receipt',
    permission: INVOICING.provider.view,
  },
  {
    ...admin,
    code: 'webhook-events',
    label: 'billing.menu.webhooks',
    path: '/webhook-events',
    order: 440,
    icon: 'webhook',
    permission: BILLING.subscriptions.view,
  },
  {
    code: 'billing',
    surface: 'store',
    section: 'business',
    label: 'billing.title',
    path: '/billing',
    order: 700,
    icon: 'credit-card',
    permission: BILLING.own.view,
  },
];

export const pageRoutes = (parts: PageParts): readonly RouteDefinition[] => [
  tierListPage(parts),
  ...tierPriceRoutes(parts),
  ...addOnForms(parts),
  ...productPages(parts),
  ...productNamePages(parts),
  subscriptionListPage(parts),
  ...subscriptionActions(parts),
  ...billingHistoryPages(parts),
  ...comparisonPages(parts),
  ...webhookPages(parts),
  overviewPage(parts),
  ...changeTierPages(parts),
  ...addOnPages(parts),
  ...cardPages(parts),
  ...historyPages(parts),
  ...endingPages(parts),
];

export const pageHooks = (parts: PageParts): readonly HookTap[] => [
  tierLines(parts),
  upgradeTap,
  billingCommands(parts),
];
export const pageWidgets = (parts: PageParts): readonly WidgetDefinition[] => [planWidget(parts)];
export const pageTodos = (parts: PageParts): readonly TodoDefinition[] => [planTodo(parts)];

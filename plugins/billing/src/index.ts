export { billing } from './plugin.js';
export { ShopDirectoryService } from './signup/ShopDirectory.js';
export type { FoundShop, ShopClaim, ShopDirectory } from './signup/ShopDirectory.js';
export { SignUpCompleted } from './signup/events.js';
export type { AddOnInput, BillingSeed, PricesInput } from './catalog/seedSchema.js';
export type { Offer } from './catalog/Catalogue.js';
export type { FeatureMatrix, MatrixRow } from './catalog/FeatureMatrix.js';
export type { SubscriptionView } from './subscriptions/SubscriptionReader.js';
export type { SubscriptionFact } from './subscriptions/events.js';
export {
  AddOnBought,
  AddOnCancelled,
  AddOnEnded,
  SubscriptionActivated,
  SubscriptionCancelled,
  SubscriptionChanged,
  SubscriptionExpired,
  SubscriptionPaused,
  SubscriptionPaymentFailed,
  SubscriptionPlanned,
  SubscriptionRecovered,
  SubscriptionRenewed,
  SubscriptionStarted,
  UsageReset,
} from './subscriptions/events.js';
export { InvoicingService } from './invoices/Invoicing.js';
export type { Invoicing, MerchantInvoice } from './invoices/Invoicing.js';
export type { CreditInput, DraftInput } from './invoices/invoiceInput.js';
export type { SellerInput } from './invoices/sellers/sellerInput.js';

import { defineMigration } from '@wizamart/core';

/** Evidence of VAT decisions outlives the one way of deleting that is no deletion of rows. */
export const evidenceKept = defineMigration('20261122_billing_invoice_evidence', (m) => {
  m.sql(`create trigger billing_vat_decision_keep_all before truncate on billing_vat_decision
    for each statement execute function billing_keep_finalised()`);
});

import { InvoiceRow } from '../models/InvoiceRow.js';

/** A row of `billing_invoice` as plain SQL gives it. */
export const invoiceOf = (row: object): InvoiceRow =>
  Object.assign(
    new InvoiceRow(),
    Object.fromEntries(Object.entries(row).map(([name, value]) => [propertyOf(name), value])),
  );

const properties = new Map<string, string>();

function propertyOf(column: string): string {
  let property = properties.get(column);
  if (property === undefined)
    properties.set(
      column,
      (property = column.replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase())),
    );
  return property;
}

import { type RouteContext, z } from '@wizamart/core';
import { InvoiceNotFound } from '../errors.js';
import type { InvoicePageParts } from './parts.js';

const uuid = z.uuid();

/** The id of a refused form's address, if it is one of the merchant's invoices. @throws {InvoiceNotFound} */
export async function knownId(parts: InvoicePageParts, ctx: RouteContext, id: unknown): Promise<string> {
  const { success, data } = uuid.safeParse(id);
  if (!success) throw new InvoiceNotFound({ invoice: String(id) });
  await parts.invoices.get(ctx, 'merchant', data);
  return data;
}

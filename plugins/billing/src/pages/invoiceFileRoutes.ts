import { defineRoute, z, type RouteContext, type RouteDefinition } from '@wizamart/core';
import type { AdminInvoices } from '../invoices/AdminInvoices.js';
import { pdfAnswer, xmlAnswer } from '../invoices/routes/answers.js';
import type { PageParts } from './parts.js';

const ANSWERS = { pdf: pdfAnswer, xml: xmlAnswer } as const;

/** PDF and XML of the provider's invoices below a page that lists them. */
export const invoiceFileRoutes = (
  { invoices, invoiceFiles }: Pick<PageParts, 'invoices' | 'invoiceFiles'>,
  page: Pick<RouteDefinition, 'surface' | 'menu' | 'access'> & { readonly base: string },
  /** Whose invoice it is: the context to read it in. */
  contextOf: (ctx: RouteContext, id: string) => ReturnType<AdminInvoices['contextOf']>,
): RouteDefinition[] =>
  (['pdf', 'xml'] as const).map((form) =>
    defineRoute({
      method: 'GET',
      kind: 'page',
      surface: page.surface,
      access: page.access,
      ...(page.menu === undefined ? {} : { menu: page.menu }),
      path: `${page.base}/:id/${form}`,
      input: z.object({ id: z.uuid() }),
      handle: async (ctx, { id }) => {
        const at = await contextOf(ctx, id);
        return ANSWERS[form](at, invoiceFiles, await invoices.get(at, 'provider', id));
      },
    }),
  );

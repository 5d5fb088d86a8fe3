import { raw, type Raw, type TenantContext } from '@wizamart/core';
import type { InvoiceFiles } from '../InvoiceFiles.js';
import type { InvoiceRow } from '../models/InvoiceRow.js';
import { type OssReport, ossCsv } from '../oss/OssReport.js';

const attached = (type: string, name: string): Readonly<Record<string, string>> => ({
  'content-type': type,
  'content-disposition': `attachment; filename="${name}"`,
  'cache-control': 'private, no-store',
});

/** The PDF of a finalised invoice, to be saved. */
export const pdfAnswer = async (ctx: TenantContext, files: InvoiceFiles, invoice: InvoiceRow): Promise<Raw> =>
  raw(await files.pdf(ctx, invoice), { headers: attached('application/pdf', `${invoice.numberText}.pdf`) });

/** The electronic invoice alone, to be saved. */
export const xmlAnswer = async (ctx: TenantContext, files: InvoiceFiles, invoice: InvoiceRow): Promise<Raw> =>
  raw(await files.xml(ctx, invoice), {
    headers: attached('application/xml; charset=utf-8', `${invoice.numberText}.xml`),
  });

export const ossAnswer = (report: OssReport, format: 'json' | 'csv'): OssReport | Raw =>
  format === 'csv'
    ? raw(ossCsv(report), { headers: attached('text/csv; charset=utf-8', `oss-${report.quarter}.csv`) })
    : report;

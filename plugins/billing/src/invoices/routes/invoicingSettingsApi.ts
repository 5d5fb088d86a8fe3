import { defineRoute, NotFound, raw, type RouteDefinition, z } from '@wizamart/core';
import type { Issuer } from '../models/InvoiceRow.js';
import type { OssReports } from '../oss/OssReport.js';
import { INVOICING, INVOICING_FEATURE } from '../permissions.js';
import { sellerInput } from '../sellers/sellerInput.js';
import type { Sellers, SellerSettings } from '../sellers/Sellers.js';
import { ossAnswer } from './answers.js';
import { sellerExample } from './examples.js';

const LOGO_UPLOAD = { maxBytes: 500_000, maxFiles: 1 };

const settingsAnswer = z.object({
  isSetUp: z.boolean(),
  /** Saved settings, or what they would begin with. */
  settings: z.record(z.string(), z.unknown()),
  logoSha256: z.string().nullable(),
});

const answerOf = ({ seller, logoSha256 }: SellerSettings) => ({
  isSetUp: true,
  settings: seller,
  logoSha256,
});

const quarterInput = z.object({
  quarter: z.string().regex(/^20\d{2}-Q[1-4]$/, 'Use a quarter such as 2026-Q1.'),
  format: z.enum(['json', 'csv']).default('json'),
});

const ossOutput = z.object({
  quarter: z.string(),
  from: z.iso.date(),
  until: z.iso.date(),
  rows: z.array(
    z.object({
      country: z.string(),
      supply: z.enum(['goods', 'services']),
      percent: z.string(),
      netMinor: z.int(),
      vatMinor: z.int(),
      documents: z.int(),
      corrects: z.string().nullable(),
    }),
  ),
  vatMinor: z.int(),
});

/** Where one kind of seller sets itself up. */
interface Place {
  readonly issuer: Issuer;
  readonly surface: 'store' | 'admin';
  readonly base: string;
  readonly report: string;
  readonly view: string;
  readonly edit: string;
  readonly feature?: string;
}

const PLACES: readonly Place[] = [
  {
    issuer: 'merchant',
    surface: 'store',
    base: '/invoices',
    report: '/invoices/oss-report',
    view: INVOICING.view,
    edit: INVOICING.settings,
    feature: INVOICING_FEATURE,
  },
  {
    issuer: 'provider',
    surface: 'admin',
    base: '/invoicing',
    report: '/oss-report',
    view: INVOICING.provider.view,
    edit: INVOICING.provider.edit,
  },
];

/** Settings, logo and OSS report of merchants (`/invoices/…`) and of the provider (`/invoicing/…`, `/oss-report`). */
export function invoicingSettingsApi(wiring: {
  sellers: Sellers;
  ossReports: OssReports;
}): RouteDefinition[] {
  return PLACES.flatMap((place) => settingsOf(wiring, place));
}

function settingsOf(
  { sellers, ossReports }: { sellers: Sellers; ossReports: OssReports },
  place: Place,
): RouteDefinition[] {
  const { issuer, surface, base, report, view, edit, feature } = place;
  const api = { surface, kind: 'api', ...(feature === undefined ? {} : { feature }) } as const;
  return [
    defineRoute({
      ...api,
      method: 'GET',
      path: `${base}/settings`,
      access: view,
      summary: 'Show the invoicing settings',
      output: settingsAnswer,
      handle: async (ctx) => {
        const found = await sellers.find(ctx, issuer);
        return found
          ? answerOf(found)
          : { isSetUp: false, settings: await sellers.suggest(ctx), logoSha256: null };
      },
    }),
    defineRoute({
      ...api,
      method: 'PUT',
      path: `${base}/settings`,
      access: edit,
      summary: 'Save the invoicing settings',
      input: sellerInput,
      output: settingsAnswer,
      example: sellerExample,
      ...(issuer === 'provider' ? { errors: [{ code: 'BILLING_SERIES_TAKEN', status: 409 }] } : {}),
      handle: async (ctx, input) => answerOf(await sellers.save(ctx, issuer, input)),
    }),
    defineRoute({
      ...api,
      method: 'POST',
      path: `${base}/logo`,
      access: edit,
      summary: 'Set the logo on invoices',
      upload: LOGO_UPLOAD,
      output: settingsAnswer,
      errors: [{ code: 'BILLING_LOGO_REFUSED', status: 422 }],
      handle: async (ctx) => answerOf(await sellers.setLogo(ctx, issuer, ctx.uploads[0])),
    }),
    defineRoute({
      ...api,
      method: 'DELETE',
      path: `${base}/logo`,
      access: edit,
      summary: 'Remove the logo from invoices',
      output: settingsAnswer,
      handle: async (ctx) => answerOf(await sellers.removeLogo(ctx, issuer)),
    }),
    defineRoute({
      ...api,
      method: 'GET',
      path: `${base}/logo`,
      access: view,
      summary: 'Show the logo',
      output: z.string(),
      handle: async (ctx) => {
        const { logoSha256 } = await sellers.get(ctx, issuer);
        const logo = logoSha256 ? await sellers.logo(ctx, issuer, logoSha256) : undefined;
        if (!logo) throw new NotFound({ what: 'A logo' });
        return raw(logo.bytes, { headers: { 'content-type': logo.type } });
      },
    }),
    defineRoute({
      ...api,
      method: 'GET',
      path: report,
      access: view,
      summary: 'VAT of other member states by country, rate and quarter',
      input: quarterInput,
      output: ossOutput,
      example: { quarter: '2026-Q1' },
      handle: async (ctx, { quarter, format }) =>
        ossAnswer(await ossReports.of(ctx, issuer, quarter), format),
    }),
  ];
}

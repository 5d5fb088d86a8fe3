import {
  adminForm,
  defineRoute,
  type FieldError,
  flash,
  type FormProblem,
  InvalidInput,
  may,
  orForm,
  parseInput,
  redirect,
  refused,
  type RouteContext,
  type RouteDefinition,
  sayError,
  type View,
  view,
  z,
} from '@wizamart/core';
import { nextNumbers } from '../numbers/nextNumbers.js';
import { isVatId, normaliseVatId } from '../../vat/vatId.js';
import { dayOf, wordsFor } from './wording.js';
import { luxembourgDay } from '../luxembourgDay.js';
import { LogoRefused } from '../errors.js';
import { sellerInput } from '../sellers/sellerInput.js';
import type { SellerSettings } from '../sellers/Sellers.js';
import { tabsOf } from './listPage.js';
import type { InvoicePageParts } from './parts.js';
import { settingsGroups } from './settingsGroups.js';
import { fromSettings, settingsForm, type SettingsForm, toSettings } from './settingsForm.js';
import { SETTINGS_PLACES, type SettingsPlace } from './settingsPlaces.js';

const LOGO_UPLOAD = { maxBytes: 500_000, maxFiles: 1 };

/** Settings of those who sell: merchants at their stores' dashboards, the provider in the administration. */
export const settingsPages = (parts: InvoicePageParts): RouteDefinition[] =>
  SETTINGS_PLACES.flatMap((place) => pagesOf(parts, place));

function pagesOf(parts: InvoicePageParts, place: SettingsPlace): RouteDefinition[] {
  const { issuer, surface, path, menu, feature, view: see, edit } = place;
  const common = { surface, kind: 'page', menu, ...(feature ? { feature } : {}) } as const;
  const here = (ctx: RouteContext): string => ctx.links.to(surface, path);
  return [
    defineRoute({
      ...common,
      method: 'GET',
      path,
      // A merchant's settings are for who may change them; administrators may look.
      access: issuer === 'merchant' ? edit : see,
      handle: (ctx) => show(parts, place, ctx, {}),
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path,
      access: edit,
      input: settingsForm,
      invalid: (ctx, values, errors) =>
        show(parts, place, ctx, { form: values as Partial<SettingsForm>, problem: refused(errors) }),
      handle: (ctx, form) =>
        form.do === 'check'
          ? show(parts, place, ctx, { form, isChecked: true })
          : orForm(
              async () => {
                const errors: FieldError[] = [];
                const t = wordsFor(parts, ctx);
                const input = toSettings(form, errors, t('billing.invoices.badAmount'));
                if (errors.length > 0) throw new InvalidInput({ errors });
                await parts.sellers.save(ctx, issuer, parseInput(sellerInput, input));
                return redirect(
                  here(ctx),
                  303,
                  flash(ctx, { kind: 'success', key: 'billing.invoicing.saved' }),
                );
              },
              (problem) => show(parts, place, ctx, { form, problem }),
            ),
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path: `${path}/logo`,
      access: edit,
      upload: LOGO_UPLOAD,
      input: z.object({}),
      handle: async (ctx) => {
        try {
          await parts.sellers.setLogo(ctx, issuer, ctx.uploads[0]);
        } catch (error) {
          if (!(error instanceof LogoRefused)) throw error;
          return show(parts, place, ctx, { logoError: sayError(error) });
        }
        return redirect(here(ctx), 303, flash(ctx, { kind: 'success', key: 'billing.invoicing.logoSet' }));
      },
    }),
    defineRoute({
      ...common,
      method: 'POST',
      path: `${path}/logo/remove`,
      access: edit,
      input: z.object({}),
      handle: async (ctx) => {
        await parts.sellers.removeLogo(ctx, issuer);
        return redirect(
          here(ctx),
          303,
          flash(ctx, { kind: 'success', key: 'billing.invoicing.logoRemoved' }),
        );
      },
    }),
  ];
}

interface Shown {
  /** As it was typed; left out: as it is kept. */
  readonly form?: Partial<SettingsForm>;
  readonly problem?: FormProblem;
  readonly isChecked?: boolean;
  readonly logoError?: string;
}

async function show(
  parts: InvoicePageParts,
  place: SettingsPlace,
  ctx: RouteContext,
  { form, problem, isChecked = false, logoError }: Shown,
): Promise<View> {
  const t = wordsFor(parts, ctx);
  const { issuer, surface, path, edit } = place;
  const here = ctx.links.to(surface, path);
  const kept = await parts.sellers.find(ctx, issuer);
  const years = yearsOf(ctx);
  const values = form ?? fromSettings(kept?.seller ?? (await parts.sellers.suggest(ctx)), years);
  const page = adminForm({
    head: {
      title: t(`billing.invoicing.${issuer}.title`),
      text: t(`billing.invoicing.${issuer}.text`),
    },
    groups: settingsGroups(t, ctx.language, years),
    values: values as Readonly<Record<string, unknown>>,
    action: here,
    submit: t('billing.invoicing.save'),
    problem,
  });
  return view(
    'billing/invoicing-settings',
    {
      ...page.data,
      tabs: issuer === 'merchant' ? tabsOf(parts, ctx, 'settings') : [],
      ossHref: issuer === 'provider' ? ctx.links.to('admin', '/invoicing/oss') : null,
      notice: kept ? null : { kind: 'info', text: t('billing.invoicing.first') },
      mayEdit: may(ctx, edit),
      numbers: await numbersOf(parts, place, ctx, kept),
      vatCheck: isChecked ? await checkOf(parts, ctx, values.vatId ?? '') : null,
      logoSrc: kept?.logoSha256 ? `${ctx.links.api(place.logo)}?v=${kept.logoSha256.slice(0, 8)}` : null,
      isSetUp: kept !== undefined,
      logoAction: `${here}/logo`,
      logoRemoveAction: `${here}/logo/remove`,
      logoError: logoError ?? null,
    },
    problem || logoError ? { status: problem?.status ?? 422 } : {},
  );
}

/** What the next documents are called; nothing before the first settings. */
async function numbersOf(
  parts: InvoicePageParts,
  { issuer }: SettingsPlace,
  ctx: RouteContext,
  kept: SellerSettings | undefined,
): Promise<readonly { label: string; text: string }[]> {
  if (!kept) return [];
  const t = wordsFor(parts, ctx);
  const { series, creditSeries } = kept.seller;
  const [invoice = '', credit = ''] = await nextNumbers(parts, ctx, issuer, [series, creditSeries]);
  return [
    { label: t('billing.document.invoice'), text: invoice },
    { label: t('billing.document.credit_note'), text: credit },
  ];
}

/** What VIES says of a VAT id as it was typed. A silent VIES is told as such: it proves nothing. */
async function checkOf(
  parts: InvoicePageParts,
  ctx: RouteContext,
  typed: string,
): Promise<{ kind: string; text: string }> {
  const t = wordsFor(parts, ctx);
  const vatId = normaliseVatId(typed);
  if (!isVatId(vatId)) return { kind: 'error', text: t('billing.vatCheck.malformed') };
  const { status, answer } = await parts.vatIds.check(ctx, vatId);
  if (status === 'unknown') return { kind: 'warning', text: t('billing.vatCheck.unknown', { vatId }) };
  return status === 'valid'
    ? {
        kind: 'success',
        text: t('billing.vatCheck.valid', {
          vatId,
          name: answer.name ?? '–',
          day: dayOf(ctx.language, luxembourgDay(answer.checkedAt)) ?? '',
        }),
      }
    : { kind: 'error', text: t('billing.vatCheck.invalid', { vatId }) };
}

/** This year and the last: those that count for the threshold. */
const yearsOf = (ctx: RouteContext): readonly number[] => {
  const year = Number(luxembourgDay(ctx.now).slice(0, 4));
  return [year, year - 1];
};

import {
  adminForm,
  confirmPage,
  defineRoute,
  flash,
  InvalidInput,
  orForm,
  redirect,
  refused,
  wordsOf,
  z,
  type FieldError,
  type FormProblem,
  type FormValues,
  type RouteContext,
  type RouteDefinition,
  type View,
} from '@wizamart/core';
import type { Offer } from '../../catalog/Catalogue.js';
import { ProductNotFound } from '../../catalog/errors.js';
import type { PricesInput } from '../../catalog/seedSchema.js';
import type { PageParts } from '../parts.js';
import { amountIn, moneyOrNull, to } from '../wording.js';
import { decimalOf, minorOf } from './money.js';
import { tierEditPage, TIERS_PATH } from './tierPages.js';

const code = z.object({ code: z.string().min(1).max(50) });
const typed = z.string().trim().max(20).default('');
/** What the form of prices sends; amounts as decimals, empty: not sold that way. */
export const priceFields = {
  monthly: typed,
  yearly: typed,
  position: z.coerce.number().int().min(0).max(10_000),
  isPublic: z.literal('true').optional(),
};
const prices = code.extend({ ...priceFields, sure: z.literal('true').optional() });
type Prices = z.output<typeof prices>;

/** What a tier costs from now on, with a look at who keeps what. */
export const tierPriceRoutes = (parts: PageParts): RouteDefinition[] => [
  defineRoute({
    ...tierEditPage,
    method: 'GET',
    path: `${TIERS_PATH}/:code/edit`,
    input: code,
    handle: (ctx, input) => priceForm(parts, ctx, input.code),
  }),
  defineRoute({
    ...tierEditPage,
    method: 'POST',
    path: `${TIERS_PATH}/:code/edit`,
    input: prices,
    handle: (ctx, input) =>
      orForm(
        async () => {
          const offer = await parts.catalogue.offer(ctx, 'tier', input.code);
          const wish = readPrices(input, offer?.currency ?? 'EUR');
          if (offer && !input.sure && isDearer(offer, wish)) return ask(parts, ctx, offer, input, wish);
          const { version } = await parts.catalogue.setPrices(ctx, input.code, wish);
          return redirect(
            to(ctx, `${TIERS_PATH}/${input.code}`),
            303,
            flash(ctx, { kind: 'success', key: 'billing.tiers.saved', values: { version } }),
          );
        },
        (problem) => priceForm(parts, ctx, input.code, { values: input, problem }),
      ),
    invalid: (ctx, values, errors) =>
      priceForm(parts, ctx, String(values['code']), { values, problem: refused(errors) }),
  }),
  ...(['tier', 'add_on'] as const).map((kind) =>
    defineRoute({
      ...tierEditPage,
      method: 'POST',
      path: kind === 'tier' ? `${TIERS_PATH}/:code/sale` : `${TIERS_PATH}/add-ons/:code/sale`,
      input: code.extend({ isSold: z.enum(['true', 'false']) }),
      handle: async (ctx, input) => {
        const isSold = input.isSold === 'true';
        await parts.catalogue.archive(ctx, kind, input.code, !isSold);
        return redirect(
          `${to(ctx, TIERS_PATH)}?kind=${kind}`,
          303,
          flash(ctx, {
            kind: 'success',
            key: isSold ? 'billing.sale.offered' : 'billing.sale.ended',
            values: { name: input.code },
            undo: {
              action: to(
                ctx,
                kind === 'tier'
                  ? `${TIERS_PATH}/${input.code}/sale`
                  : `${TIERS_PATH}/add-ons/${input.code}/sale`,
              ),
              fields: { isSold: String(!isSold) },
            },
          }),
        );
      },
    }),
  ),
];

/** @throws {InvalidInput} for what is no amount */
export function readPrices(
  { monthly, yearly, position, isPublic }: Pick<Prices, 'monthly' | 'yearly' | 'position' | 'isPublic'>,
  currency: string,
): PricesInput & { readonly monthlyMinor: number | null; readonly yearlyMinor: number | null } {
  const errors: FieldError[] = [];
  const read = (path: string, text: string): number | null => {
    if (text === '') return null;
    const minor = minorOf(text, currency);
    if (minor === undefined) errors.push({ path, message: 'Enter an amount such as 49.00.' });
    return minor ?? null;
  };
  const wish = {
    currency,
    monthlyMinor: read('monthly', monthly),
    yearlyMinor: read('yearly', yearly),
    position,
    isPublic: isPublic === 'true',
  };
  if (errors.length > 0) throw new InvalidInput({ errors });
  return wish;
}

const isDearer = (offer: Offer, wish: Pick<Offer, 'monthlyMinor' | 'yearlyMinor'>): boolean =>
  offer.monthlyMinor !== wish.monthlyMinor || offer.yearlyMinor !== wish.yearlyMinor;

async function ask(
  parts: PageParts,
  ctx: RouteContext,
  offer: Offer,
  input: Prices,
  wish: Pick<Offer, 'monthlyMinor' | 'yearlyMinor'>,
): Promise<View> {
  const t = wordsOf({ translator: parts.i18n }, ctx);
  const use = await parts.pageFacts.versionUse(ctx, 'tier', offer.code);
  const both = ({ monthlyMinor, yearlyMinor }: typeof wish): string =>
    t('billing.price.both', {
      month: amountIn(ctx.language, moneyOrNull(monthlyMinor, offer.currency)),
      year: amountIn(ctx.language, moneyOrNull(yearlyMinor, offer.currency)),
    });
  return confirmPage({
    head: headOf(t, ctx, offer.name, t('billing.tiers.newPrices')),
    title: t('billing.tiers.askTitle', { name: offer.name }),
    text: t('billing.tiers.askText', { from: both(offer), to: both(wish) }),
    consequences:
      use.length === 0
        ? [t('billing.tiers.nobody')]
        : use.map(({ version, subscriptions }) =>
            t('billing.tiers.keeps', { version, count: subscriptions }),
          ),
    action: to(ctx, `${TIERS_PATH}/${offer.code}/edit`),
    submit: t('billing.tiers.setPrices'),
    cancel: to(ctx, `${TIERS_PATH}/${offer.code}/edit`),
    danger: false,
    fields: [
      { name: 'monthly', value: input.monthly },
      { name: 'yearly', value: input.yearly },
      { name: 'position', value: String(input.position) },
      ...(input.isPublic ? [{ name: 'isPublic', value: 'true' }] : []),
      { name: 'sure', value: 'true' },
    ],
  });
}

export const headOf = (
  t: (key: string) => string,
  ctx: RouteContext,
  name: string,
  title: string,
): {
  readonly title: string;
  readonly breadcrumbs: readonly { readonly label: string; readonly href: string | null }[];
} => ({
  title,
  breadcrumbs: [
    { label: t('billing.tiers.title'), href: to(ctx, TIERS_PATH) },
    { label: name, href: null },
  ],
});

async function priceForm(
  parts: PageParts,
  ctx: RouteContext,
  tierCode: string,
  again?: { readonly values: FormValues; readonly problem: FormProblem },
): Promise<View> {
  const t = wordsOf({ translator: parts.i18n }, ctx);
  const offer = await parts.catalogue.offer(ctx, 'tier', tierCode);
  const tier = offer ?? (await parts.tiers.list(ctx)).find((known) => known.code === tierCode);
  if (!tier) throw new ProductNotFound({ kind: 'tier', code: tierCode });
  const currency = offer?.currency ?? 'EUR';
  return adminForm({
    head: { ...headOf(t, ctx, tier.name, t('billing.tiers.newPrices')), text: t('billing.tiers.pricesText') },
    groups: [{ fields: priceFormFields(t, currency) }],
    values: again?.values ?? {
      monthly: decimalOf(offer?.monthlyMinor ?? null, currency),
      yearly: decimalOf(offer?.yearlyMinor ?? null, currency),
      position: tier.position,
      isPublic: offer?.isPublic ?? true,
    },
    problem: again?.problem,
    action: to(ctx, `${TIERS_PATH}/${tierCode}/edit`),
    submit: t('core.form.save'),
    cancel: to(ctx, offer ? `${TIERS_PATH}/${tierCode}` : TIERS_PATH),
  });
}

export const priceFormFields = (
  t: (key: string, values?: Record<string, string>) => string,
  currency: string,
) => [
  {
    name: 'monthly',
    label: t('billing.form.monthly', { currency }),
    kind: 'text' as const,
    hint: t('billing.form.amountHint'),
    maxlength: 20,
  },
  {
    name: 'yearly',
    label: t('billing.form.yearly', { currency }),
    kind: 'text' as const,
    hint: t('billing.form.yearHint'),
    maxlength: 20,
  },
  {
    name: 'position',
    label: t('billing.form.position'),
    kind: 'number' as const,
    min: 0,
    max: 10_000,
    hint: t('billing.form.positionHint'),
  },
  {
    name: 'isPublic',
    label: t('billing.form.public'),
    kind: 'switch' as const,
    hint: t('billing.form.publicHint'),
  },
];

import {
  adminForm,
  defineRoute,
  flash,
  orForm,
  redirect,
  refused,
  wordsOf,
  z,
  type FormField,
  type FormProblem,
  type FormValues,
  type RouteContext,
  type RouteDefinition,
  type View,
  type Words,
} from '@wizamart/core';
import { ProductNotFound } from '../../catalog/errors.js';
import { refuseUnknownAddOn } from '../../catalog/unknownAddOn.js';
import type { Offer } from '../../catalog/Catalogue.js';
import type { PageParts } from '../parts.js';
import { to } from '../wording.js';
import { decimalOf } from './money.js';
import { headOf, priceFields, priceFormFields, readPrices } from './tierPrices.js';
import { tierEditPage, TIERS_PATH } from './tierPages.js';

const BASE = `${TIERS_PATH}/add-ons`;
const code = z.object({
  code: z
    .string()
    .regex(/^[a-z][a-z0-9_-]{0,49}$/, 'Use lower-case letters, digits, dashes and underscores.'),
});
const many = z
  .union([
    z
      .string()
      .max(80)
      .transform((one) => [one]),
    z.array(z.string().max(80)).max(100),
  ])
  .default([]);
const fields = z.object({
  ...priceFields,
  name: z.string().trim().min(1, 'Enter a name.').max(100),
  description: z.string().trim().max(300).default(''),
  maxQuantity: z.coerce.number().int().min(1).max(1_000),
  features: many,
  limits: z
    .record(
      z.string().max(80),
      z
        .string()
        .trim()
        .regex(/^(?:|[1-9]\d{0,11})$/, 'Enter a whole number above 0, or nothing.'),
    )
    .default({}),
});
type Fields = z.output<typeof fields>;

interface Named {
  readonly code: string;
  readonly name: string;
}
interface SnapshotTerms {
  readonly features: ReadonlyMap<string, Named>;
  readonly limits: ReadonlyMap<string, Named>;
}

/** Makes and changes what is sold beside tiers. */
export const addOnForms = (parts: PageParts): RouteDefinition[] => [
  defineRoute({
    ...tierEditPage,
    method: 'GET',
    path: `${BASE}/new`,
    handle: (ctx) => form(parts, ctx, undefined),
  }),
  defineRoute({
    ...tierEditPage,
    method: 'POST',
    path: `${BASE}/new`,
    input: fields.extend(code.shape),
    handle: (ctx, input) => saved(parts, ctx, input, undefined),
    invalid: (ctx, values, errors) => form(parts, ctx, undefined, { values, problem: refused(errors) }),
  }),
  defineRoute({
    ...tierEditPage,
    method: 'GET',
    path: `${BASE}/:code/edit`,
    input: code,
    handle: async (ctx, input) => form(parts, ctx, await known(parts, ctx, input.code)),
  }),
  defineRoute({
    ...tierEditPage,
    method: 'POST',
    path: `${BASE}/:code/edit`,
    input: fields.extend(code.shape),
    handle: async (ctx, input) => saved(parts, ctx, input, await known(parts, ctx, input.code)),
    invalid: async (ctx, values, errors) =>
      form(parts, ctx, await known(parts, ctx, String(values['code'])), { values, problem: refused(errors) }),
  }),
];

async function known(parts: PageParts, ctx: RouteContext, wanted: string): Promise<Offer> {
  const offer = await parts.catalogue.offer(ctx, 'add_on', wanted);
  if (!offer) throw new ProductNotFound({ kind: 'add_on', code: wanted });
  return offer;
}

const saved = (
  parts: PageParts,
  ctx: RouteContext,
  input: Fields & { readonly code: string },
  offer: Offer | undefined,
) =>
  orForm(
    async () => {
      const { code: name, description, maxQuantity, features, limits } = input;
      const wish = readPrices(input, offer?.currency ?? 'EUR');
      const addOn = {
        ...wish,
        code: name,
        name: input.name,
        description,
        maxQuantity,
        features,
        limits: Object.fromEntries(
          Object.entries(limits)
            .filter(([, value]) => value !== '')
            .map(([limit, value]) => [limit, Number(value)]),
        ),
      };
      await refuseUnknownAddOn(parts.catalogue, ctx, addOn);
      const { version } = await parts.catalogue.saveAddOn(ctx, addOn);
      return redirect(
        to(ctx, `${BASE}/${name}`),
        303,
        flash(ctx, { kind: 'success', key: 'billing.tiers.saved', values: { version } }),
      );
    },
    (problem) => form(parts, ctx, offer, { values: { ...input }, problem }),
  );

async function form(
  parts: PageParts,
  ctx: RouteContext,
  offer: Offer | undefined,
  again?: { readonly values: FormValues; readonly problem: FormProblem },
): Promise<View> {
  const t = wordsOf({ translator: parts.i18n }, ctx);
  const currency = offer?.currency ?? 'EUR';
  const title = offer ? t('billing.addOn.edit') : t('billing.addOn.new');
  return adminForm({
    head: { ...headOf(t, ctx, offer?.name ?? title, title), text: t('billing.addOn.formText') },
    groups: [
      { fields: [...nameFields(t, offer), ...priceFormFields(t, currency)] },
      {
        title: t('billing.addOn.gives'),
        text: t('billing.addOn.givesText'),
        fields: termFields(t, parts, ctx),
      },
    ],
    values: again?.values ?? (offer ? valuesOf(offer) : { position: 100, isPublic: true, maxQuantity: 1 }),
    problem: again?.problem,
    action: to(ctx, offer ? `${BASE}/${offer.code}/edit` : `${BASE}/new`),
    submit: t('core.form.save'),
    cancel: to(ctx, offer ? `${BASE}/${offer.code}` : '/subscription-tiers?kind=add_on'),
  });
}

const nameFields = (t: Words, offer: Offer | undefined): FormField[] => [
  {
    name: 'name',
    label: t('billing.form.name'),
    kind: 'text',
    required: true,
    maxlength: 100,
    hint: t('billing.names.hint'),
  },
  {
    name: 'code',
    label: t('billing.form.code'),
    kind: 'text',
    required: true,
    maxlength: 50,
    hint: t('billing.form.codeHint'),
    readonly: offer !== undefined,
  },
  { name: 'description', label: t('billing.form.description'), kind: 'textarea', maxlength: 300 },
  { name: 'maxQuantity', label: t('billing.form.maxQuantity'), kind: 'number', min: 1, max: 1_000 },
];

function termFields(t: Words, { giveTexts }: PageParts, ctx: RouteContext): FormField[] {
  const { features, limits } = ctx.snapshot as unknown as SnapshotTerms;
  return [
    ...[...limits.values()].map((limit): FormField => ({
      name: `limits.${limit.code}`,
      label: giveTexts.limitName(ctx, limit),
      kind: 'number',
      min: 1,
      hint: t(limit.code.endsWith('_bytes') ? 'billing.addOn.bytesHint' : 'billing.addOn.limitHint'),
    })),
    {
      name: 'features',
      label: t('billing.product.features'),
      kind: 'boxes',
      options: [...features.values()].map((feature) => ({
        value: feature.code,
        label: giveTexts.featureName(ctx, feature),
      })),
    },
  ];
}

const valuesOf = (offer: Offer): FormValues => ({
  ...offer,
  ...offer.sold,
  monthly: decimalOf(offer.monthlyMinor, offer.currency),
  yearly: decimalOf(offer.yearlyMinor, offer.currency),
});

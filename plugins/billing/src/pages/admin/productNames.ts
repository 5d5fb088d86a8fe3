import {
  adminForm,
  defineRoute,
  flash,
  InvalidInput,
  LANGUAGES,
  orForm,
  redirect,
  refused,
  wordsOf,
  z,
  type FormProblem,
  type FormValues,
  type Language,
  type RouteContext,
  type RouteDefinition,
  type Section,
  type View,
  type Words,
} from '@wizamart/core';
import type { Offer } from '../../catalog/Catalogue.js';
import { soldProduct } from '../../catalog/texts/soldProduct.js';
import type { Texts } from '../../catalog/texts/textsSchema.js';
import type { ProductKind } from '../../catalog/ProductVersion.js';
import type { PageParts } from '../parts.js';
import { to } from '../wording.js';
import { headOf } from './tierPrices.js';
import { productPath, tierEditPage, TIERS_PATH } from './tierPages.js';

const byCode = z.object({ code: z.string().min(1).max(50) });
const typed = z.object({
  name: z.string().trim().max(100).default(''),
  description: z.string().trim().max(300).default(''),
});
const typedTexts = z.partialRecord(z.enum(LANGUAGES), typed).default({});

/** What a tier or an add-on is called in each language. */
export const productNamePages = (parts: PageParts): RouteDefinition[] =>
  (['add_on', 'tier'] as const).flatMap((kind) => {
    const path = kind === 'tier' ? `${TIERS_PATH}/:code/names` : `${TIERS_PATH}/add-ons/:code/names`;
    return [
      defineRoute({
        ...tierEditPage,
        method: 'GET',
        path,
        summary: kind === 'tier' ? 'What a tier is called' : 'What an add-on is called',
        input: byCode,
        handle: (ctx, { code }) => form(parts, ctx, kind, code),
      }),
      defineRoute({
        ...tierEditPage,
        method: 'POST',
        path,
        input: byCode.extend({ texts: typedTexts }),
        handle: (ctx, { code, texts }) =>
          orForm(
            async () => {
              const sold = await soldProduct(parts.catalogue, ctx, kind, code);
              await parts.productTexts.save(ctx, sold, readTexts(texts));
              return redirect(
                to(ctx, productPath({ kind, code })),
                303,
                flash(ctx, { kind: 'success', key: 'billing.names.saved' }),
              );
            },
            (problem) => form(parts, ctx, kind, code, { values: { texts }, problem }),
          ),
        invalid: (ctx, values, errors) =>
          form(parts, ctx, kind, String(values['code']), { values, problem: refused(errors) }),
      }),
    ];
  });

/** A language without a name is left out. @throws {InvalidInput} for a description that has no name */
function readTexts(texts: z.output<typeof typedTexts>): Texts {
  const errors = Object.entries(texts)
    .filter(([, text]) => text.name === '' && text.description !== '')
    .map(([language]) => ({ path: `texts.${language}.name`, message: 'Enter the name, too.' }));
  if (errors.length > 0) throw new InvalidInput({ errors });
  return Object.fromEntries(Object.entries(texts).filter(([, { name }]) => name !== ''));
}

async function form(
  parts: PageParts,
  ctx: RouteContext,
  kind: ProductKind,
  code: string,
  again?: { readonly values: FormValues; readonly problem: FormProblem },
): Promise<View> {
  const t = wordsOf({ translator: parts.i18n }, ctx);
  const sold = await soldProduct(parts.catalogue, ctx, kind, code);
  return adminForm({
    head: {
      ...headOf(t, ctx, sold.name, t('billing.names.title')),
      text: t('billing.names.text', { name: sold.name }),
    },
    groups: LANGUAGES.map((language) => ({
      title: languageName(t, language),
      fields: [
        { name: `texts.${language}.name`, label: t('billing.form.name'), kind: 'text', maxlength: 100 },
        {
          name: `texts.${language}.description`,
          label: t('billing.form.description'),
          kind: 'textarea',
          maxlength: 300,
          hint: sold.description === '' ? null : t('billing.names.soldAs', { text: sold.description }),
        },
      ],
    })),
    values: again?.values ?? { texts: await parts.productTexts.of(ctx, sold) },
    problem: again?.problem,
    action: `${to(ctx, productPath({ kind, code }))}/names`,
    submit: t('core.form.save'),
    cancel: to(ctx, productPath({ kind, code })),
  });
}

const languageName = (t: Words, language: Language): string => t(`billing.invoicing.language.${language}`);

/** What the product is called in each language; what nobody wrote is said to be missing. */
export async function namesSection(
  t: Words,
  { productTexts }: PageParts,
  ctx: RouteContext,
  { kind, code, sold }: Offer,
): Promise<Section> {
  const texts = await productTexts.of(ctx, { kind, code, ...sold });
  return {
    kind: 'facts',
    title: t('billing.names.title'),
    facts: [
      { label: t('billing.names.sold'), text: sold.name },
      ...LANGUAGES.map((language) => ({
        label: languageName(t, language),
        text: texts[language]?.name ?? t('billing.names.missing'),
      })),
    ],
  };
}

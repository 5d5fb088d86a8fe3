import { type FormField, LANGUAGES, type Language, type Words } from '@wizamart/core';
import { SUPPLY_KINDS } from '../../vat/types.js';
import { countryChoices } from './countries.js';

interface Group {
  readonly title: string;
  readonly text?: string;
  readonly fields: readonly FormField[];
}

/** The fields of a draft but its lines: the buyer, the sale, and what stands below the lines. */
export function draftGroups(t: Words, language: Language): readonly [Group, Group, Group] {
  const field = (name: string, key: string, more: Partial<FormField> = {}): FormField => ({
    name,
    label: t(`billing.invoices.field.${key}`),
    kind: 'text',
    ...more,
  });
  return [
    {
      title: t('billing.document.buyer'),
      fields: [
        field('buyer.name', 'buyerName', { required: true, maxlength: 160 }),
        field('buyer.isBusiness', 'isBusiness', { kind: 'switch' }),
        field('buyer.vatId', 'buyerVatId', { maxlength: 40, hint: t('billing.invoices.hint.buyerVatId') }),
        field('buyer.address.line1', 'line1', { required: true, maxlength: 120 }),
        field('buyer.address.line2', 'line2', { maxlength: 120 }),
        field('buyer.address.postalCode', 'postalCode', {
          maxlength: 20,
          hint: t('billing.invoices.hint.postalCode'),
        }),
        field('buyer.address.city', 'city', { required: true, maxlength: 80 }),
        field('buyer.address.country', 'country', {
          kind: 'select',
          required: true,
          options: countryChoices(language),
        }),
        field('buyer.email', 'buyerEmail', { kind: 'email' }),
      ],
    },
    {
      title: t('billing.invoices.group.sale'),
      fields: [
        field('supply', 'supply', {
          kind: 'select',
          required: true,
          options: SUPPLY_KINDS.map((value) => ({ value, label: t(`billing.invoices.supply.${value}`) })),
          hint: t('billing.invoices.hint.supply'),
        }),
        field('supplyOn', 'supplyOn', {
          kind: 'date',
          required: true,
          hint: t('billing.invoices.hint.supplyOn'),
        }),
        field('priceMode', 'priceMode', {
          kind: 'radio',
          options: (['net', 'gross'] as const).map((value) => ({
            value,
            label: t(`billing.invoices.priceMode.${value}`),
          })),
        }),
        field('language', 'language', {
          kind: 'select',
          required: true,
          options: LANGUAGES.map((value) => ({ value, label: t(`billing.invoicing.language.${value}`) })),
        }),
      ],
    },
    {
      title: t('billing.invoices.group.more'),
      fields: [
        field('allowanceMinor', 'allowance', { autocomplete: 'off' }),
        field('allowanceReason', 'allowanceReason', { maxlength: 200 }),
        field('dueOn', 'dueOn', { kind: 'date', hint: t('billing.invoices.hint.dueOn') }),
        field('reference', 'reference', { maxlength: 120 }),
        field('currency', 'currency', { maxlength: 3, hint: t('billing.invoices.hint.currency') }),
        field('exchangeRate', 'exchangeRate', { hint: t('billing.invoices.hint.exchangeRate') }),
        field('note', 'note', { kind: 'textarea' }),
      ],
    },
  ];
}

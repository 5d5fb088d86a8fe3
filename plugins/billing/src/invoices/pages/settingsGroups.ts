import { type FormField, LANGUAGES, type Language, type Words } from '@wizamart/core';
import { memberStateChoices } from './countries.js';

interface Group {
  readonly title: string;
  readonly text?: string;
  readonly fields: readonly FormField[];
}

/** The fields of the settings, in the order in which somebody fills them in. */
export function settingsGroups(t: Words, language: Language, years: readonly number[]): readonly Group[] {
  const text = (name: string, key: string, more: Partial<FormField> = {}): FormField => ({
    name,
    label: t(`billing.invoicing.field.${key}`),
    kind: 'text',
    ...more,
  });
  const group = (key: string, fields: readonly FormField[]): Group => ({
    title: t(`billing.invoicing.group.${key}`),
    text: t(`billing.invoicing.group.${key}Text`),
    fields,
  });
  const perLanguage = (name: 'terms' | 'footer'): FormField[] =>
    LANGUAGES.map((code) => ({
      name: `${name}.${code}`,
      label: t(`billing.invoicing.field.${name}`, { language: t(`billing.invoicing.language.${code}`) }),
      kind: 'textarea',
    }));
  return [
    group('entity', [
      text('legalName', 'legalName', { required: true, maxlength: 160, autocomplete: 'organization' }),
      text('address.line1', 'line1', { required: true, maxlength: 120, autocomplete: 'address-line1' }),
      text('address.line2', 'line2', { maxlength: 120, autocomplete: 'address-line2' }),
      text('address.postalCode', 'postalCode', { maxlength: 20, autocomplete: 'postal-code' }),
      text('address.city', 'city', { required: true, maxlength: 80, autocomplete: 'address-level2' }),
      text('address.country', 'country', {
        kind: 'select',
        required: true,
        options: memberStateChoices(language),
      }),
      text('registration', 'registration', { maxlength: 40, hint: t('billing.invoicing.hint.registration') }),
      text('email', 'email', { kind: 'email', required: true, autocomplete: 'email' }),
      text('phone', 'phone', { maxlength: 40, autocomplete: 'tel' }),
    ]),
    group('vat', [
      text('vatId', 'vatId', { maxlength: 40, hint: t('billing.invoicing.hint.vatId') }),
      text('taxNumber', 'taxNumber', { maxlength: 40 }),
      text('isSmallBusiness', 'isSmallBusiness', {
        kind: 'switch',
        hint: t('billing.invoicing.hint.isSmallBusiness'),
      }),
      text('hasOssOptIn', 'hasOssOptIn', { kind: 'switch', hint: t('billing.invoicing.hint.hasOssOptIn') }),
      ...years.map((year): FormField => ({
        name: `elsewhere.y${year}`,
        label: t('billing.invoicing.field.elsewhere', { year: String(year) }),
        kind: 'text',
        hint: t('billing.invoicing.hint.elsewhere'),
      })),
    ]),
    group('numbers', [
      text('series', 'series', {
        required: true,
        maxlength: 12,
        hint: t('billing.invoicing.hint.series'),
      }),
      text('creditSeries', 'creditSeries', { required: true, maxlength: 12 }),
      text('paymentDays', 'paymentDays', { kind: 'number', min: 0, max: 365, required: true }),
    ]),
    group('bank', [
      text('bank.iban', 'iban', { maxlength: 42, autocomplete: 'off' }),
      text('bank.bic', 'bic', { maxlength: 11, autocomplete: 'off' }),
      text('bank.name', 'bankName', { maxlength: 80 }),
    ]),
    group('texts', [...perLanguage('terms'), ...perLanguage('footer')]),
  ];
}

import { DomainError, type FieldError, sayFields, type TenantContext, type View, view } from '@wizamart/core';
import type { GiveTexts } from '../pricing/giveTexts.js';
import { type Step, STEPS } from './errors.js';
import { nextStep } from './nextStep.js';
import type { SignUpRow } from './SignUpRow.js';

/** What was typed before it was refused, and why. */
export interface Again {
  readonly values: Readonly<Record<string, string>>;
  readonly error: unknown;
}

const NO_STORE = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' };

/** Shows a step; never kept by browsers or servers. */
export const stepView = (
  template: string,
  data: Readonly<Record<string, unknown>>,
  error: unknown,
  more: Parameters<typeof view>[2] = {},
): View => {
  const status = error instanceof DomainError ? error.status : 200;
  return view(`billing/${template}`, data, { ...more, status, headers: NO_STORE });
};

/** Steps with where they lead: to those before the first that is not done. */
export function headOf(texts: GiveTexts, ctx: TenantContext, step: Step, at: string | null, row?: SignUpRow) {
  const number = STEPS.indexOf(step) + 1;
  const open = row ? nextStep(row) : 'plan';
  const reached = STEPS.indexOf(open === 'confirm' ? 'account' : open);
  const text = (name: Step) => texts.text(ctx, `billing.signUp.step.${name}`);
  return {
    number,
    of: STEPS.length,
    label: text(step),
    heading: texts.text(ctx, `billing.signUp.heading.${step}`),
    steps: STEPS.map((name, index) => ({
      label: `${index + 1}. ${text(name)}`,
      isCurrent: name === step,
      href: at !== null && index <= reached ? `${at}/${name}` : null,
    })),
  };
}

/** One sentence above the form, in the reader's language; null where nothing went wrong. */
export function problemOf(texts: GiveTexts, ctx: TenantContext, error: unknown): string | null {
  if (!(error instanceof DomainError)) return null;
  const values = error.data as Record<string, string | number>;
  if (error.code === 'BILLING_CARD_NOT_READY')
    return texts.text(ctx, 'billing.signUp.problem.BILLING_CARD_NOT_READY');
  const own = texts.has(ctx, `billing.signUp.problem.${error.code}`);
  return texts.text(
    ctx,
    own ? `billing.signUp.problem.${error.code}` : 'billing.signUp.problem.other',
    plain(values),
  );
}

/** Sentences beside fields: the name of the field says which. */
export function errorsOf(
  texts: GiveTexts,
  ctx: TenantContext,
  error: unknown,
): Readonly<Record<string, string | null>> {
  const found: readonly FieldError[] = error instanceof DomainError ? sayFields(error) : [];
  const names = [...FIELDS, ...found.map(({ path }) => path)];
  return Object.fromEntries(
    names.map((name) => {
      const one = found.find(({ path }) => path === name);
      return [name, one ? wordsFor(texts, ctx, name, one, error as DomainError) : null];
    }),
  );
}

const FIELDS = [
  ...['tier', 'interval', 'legalName', 'line1', 'line2', 'postalCode', 'city', 'country', 'vatId', 'proof'],
  ...['name', 'email', 'password', 'storeName', 'storeCode', 'code'],
];

function wordsFor(
  texts: GiveTexts,
  ctx: TenantContext,
  name: string,
  { message }: FieldError,
  error: DomainError,
): string {
  const key = [`billing.signUp.field.${error.code}`, `billing.signUp.field.${name}`].find((one) =>
    texts.has(ctx, one),
  );
  return key === undefined ? message : texts.text(ctx, key, plain(error.data as Record<string, unknown>));
}

const plain = (data: Readonly<Record<string, unknown>> | undefined): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(data ?? {}).filter(
      (entry): entry is [string, string | number] =>
        typeof entry[1] === 'string' || typeof entry[1] === 'number',
    ),
  );

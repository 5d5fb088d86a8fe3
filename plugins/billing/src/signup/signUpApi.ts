import { defineRoute, InvalidCredentials, raw, type RouteDefinition, TooManyLogins, z } from '@wizamart/core';
import { NotForSale } from '../catalog/errors.js';
import { CardDeclined } from '../stripe/errors.js';
import { CardNotReady } from '../subscriptions/errors.js';
import { VatIdInvalid } from '../vat/errors.js';
import {
  NoShopDirectory,
  ShopAlreadyClaimed,
  ShopClaimRefused,
  ShopDirectoryUnavailable,
  SignUpCardNeeded,
  SignUpClosed,
  SignUpCodeWrong,
  SignUpTrialUsed,
  SignUpNotConfirmed,
  SignUpNotFound,
  SignUpStepMissing,
  STEPS,
  StoreAddressTaken,
  VatIdNotRegistered,
} from './errors.js';
import type { SignUpAccounts } from './SignUpAccounts.js';
import type { SignUpCards } from './SignUpCards.js';
import type { SignUpDrafts } from './SignUpDrafts.js';
import { accountInput, businessInput, claimInput, planInput } from './signUpInput.js';
import type { SignUpRow } from './SignUpRow.js';
import type { SignUps } from './SignUps.js';
import { nextStep } from './nextStep.js';

export interface SignUpApiServices {
  readonly signUpDrafts: SignUpDrafts;
  readonly signUpAccounts: SignUpAccounts;
  readonly signUpCards: SignUpCards;
  readonly signUps: SignUps;
}

const post = {
  method: 'POST',
  surface: 'platform',
  kind: 'api',
  access: 'public',
  bodyLimitBytes: 16_384,
} as const;
const token = z.string().max(60);
const progress = z.object({ next: z.enum([...STEPS, 'confirm']), expiresAt: z.iso.datetime() });
const shop = z.object({
  externalId: z.string(),
  slug: z.string().nullable(),
  name: z.string(),
  city: z.string().nullable(),
  url: z.string().nullable(),
  isTaken: z.boolean(),
});
const example = { token: `su_${'A'.repeat(43)}` };
const always = [SignUpNotFound, SignUpClosed];

/** Signing up as an API: the same steps as the pages, each bounded per network address. */
export const signUpApi = (services: SignUpApiServices): RouteDefinition[] => [
  ...planApi(services),
  ...businessApi(services),
  ...accountApi(services),
  ...cardApi(services),
];

const planApi = ({ signUpDrafts }: SignUpApiServices) => [
  defineRoute({
    ...post,
    path: '/signup/start',
    status: 201,
    idempotent: true,
    summary: 'Begin to sign up with a plan; the token leads on',
    input: planInput,
    example: { tier: 'professional', interval: 'month' },
    output: progress.extend({ token: z.string() }),
    errors: [NotForSale],
    handle: async (ctx, input) => {
      const { token, row } = await signUpDrafts.start(ctx, input);
      return { token, ...progressOf(row) };
    },
  }),
  defineRoute({
    ...post,
    path: '/signup/choose-plan',
    summary: 'Another plan',
    input: planInput.extend({ token }),
    example: { ...example, tier: 'business', interval: 'year' },
    output: progress,
    errors: [...always, NotForSale],
    handle: async (ctx, { token, ...plan }) => progressOf(await signUpDrafts.choosePlan(ctx, token, plan)),
  }),
];

const businessApi = ({ signUpDrafts }: SignUpApiServices) => [
  defineRoute({
    method: 'GET',
    path: '/letzshop-vendors',
    surface: 'platform',
    kind: 'api',
    access: 'public',
    summary: 'Shops of the marketplace by name or address, where a module that knows them is on',
    input: z.object({ q: z.string().trim().max(100).default('') }),
    example: { q: 'Léierbuch' },
    output: z.object({ provider: z.string(), items: z.array(shop) }),
    errors: [NoShopDirectory, ShopDirectoryUnavailable],
    handle: async (ctx, { q }) => ({
      items: await signUpDrafts.searchShops(ctx, q),
      provider: signUpDrafts.directory(ctx)?.provider ?? '',
    }),
  }),
  defineRoute({
    ...post,
    path: '/signup/claim-vendor',
    summary: 'Say which shop of the marketplace is yours; it may ask for a proof',
    input: claimInput.extend({ token }),
    example: { ...example, externalId: 'leierbuch-lu' },
    output: z.union([
      z.object({
        status: z.literal('claimed'),
        shop: z.object({ externalId: z.string(), name: z.string() }),
      }),
      z.object({ status: z.literal('proof-needed'), question: z.string() }),
    ]),
    errors: [...always, NoShopDirectory, ShopAlreadyClaimed, ShopClaimRefused, ShopDirectoryUnavailable],
    handle: async (ctx, { token, ...claim }) => {
      const outcome = await signUpDrafts.claimShop(ctx, token, claim);
      if (outcome.status === 'proof-needed') return outcome;
      return {
        status: 'claimed',
        shop: { externalId: claim.externalId, name: outcome.row.shop?.name ?? '' },
      };
    },
  }),
  defineRoute({
    ...post,
    path: '/signup/enter-business',
    summary: 'Who signs up; a VAT id is checked with VIES',
    input: businessInput.extend({ token }),
    example: {
      ...example,
      legalName: 'Léierbuch S.à r.l.',
      country: 'LU',
      line1: '5, rue de la Gare',
      postalCode: 'L-1611',
      city: 'Luxembourg',
      vatId: 'LU26375245',
    },
    output: progress.extend({ vatStatus: z.enum(['valid', 'unchecked']).nullable() }),
    errors: [...always, VatIdInvalid, VatIdNotRegistered],
    handle: async (ctx, { token, ...business }) => {
      const row = await signUpDrafts.enterBusiness(ctx, token, business);
      return { ...progressOf(row), vatStatus: row.business?.vatStatus ?? null };
    },
  }),
];

const accountApi = ({ signUpAccounts }: SignUpApiServices) => [
  defineRoute({
    ...post,
    path: '/signup/create-account',
    summary: 'Who owns the store, and its address; a code is mailed to a new person',
    input: accountInput.extend({ token }),
    example: {
      ...example,
      kind: 'new',
      name: 'Anne Muller',
      email: 'anne@leierbuch.example',
      password: 'a long sentence only I know',
      storeName: 'Léierbuch',
      storeCode: 'leierbuch',
    },
    output: progress,
    errors: [...always, SignUpStepMissing, StoreAddressTaken, InvalidCredentials, TooManyLogins],
    handle: async (ctx, { token, ...account }) => progressOf(await signUpAccounts.enter(ctx, token, account)),
  }),
  defineRoute({
    ...post,
    path: '/signup/confirm-email',
    summary: 'Enter the code that was mailed',
    input: z.object({ token, code: z.string().max(20) }),
    example: { ...example, code: '12345678' },
    output: progress,
    errors: [...always, SignUpCodeWrong],
    handle: async (ctx, { token, code }) => progressOf(await signUpAccounts.confirm(ctx, token, code)),
  }),
];

const cardApi = ({ signUpCards, signUps }: SignUpApiServices) => [
  defineRoute({
    ...post,
    path: '/signup/setup-payment',
    status: 201,
    summary: 'Begin taking a card: what the script of the card field needs',
    input: z.object({ token }),
    example,
    output: z.object({
      setupIntentId: z.string(),
      clientSecret: z.string(),
      publishableKey: z.string(),
      scriptUrl: z.string(),
    }),
    errors: [...always, SignUpStepMissing, SignUpNotConfirmed],
    handle: (ctx, { token }) => signUpCards.begin(ctx, token),
  }),
  defineRoute({
    ...post,
    path: '/signup/complete',
    status: 201,
    summary:
      'Make account, merchant, store and subscription, once, however often it is called; signs the person in',
    input: z.object({
      token,
      setupIntentId: z
        .string()
        .regex(/^seti_[A-Za-z0-9_]{4,250}$/)
        .nullable()
        .default(null),
    }),
    example: { ...example, setupIntentId: 'seti_1NabcDEF' },
    output: z.object({
      store: z.string(),
      dashboard: z.string(),
      signedIn: z.boolean(),
      confirmUrl: z.string().nullable(),
    }),
    errors: [
      SignUpNotFound,
      SignUpStepMissing,
      SignUpNotConfirmed,
      SignUpCardNeeded,
      SignUpTrialUsed,
      StoreAddressTaken,
      CardNotReady,
      CardDeclined,
    ],
    handle: async (ctx, { token, setupIntentId }) => {
      const { storeCode, dashboard, headers, confirmUrl } = await signUps.complete(ctx, token, setupIntentId);
      return raw(
        {
          store: storeCode,
          dashboard: ctx.links.to('store', dashboard),
          signedIn: headers !== null,
          confirmUrl,
        },
        { status: 201, headers: { 'content-type': 'application/json; charset=utf-8', ...headers } },
      );
    },
  }),
];

const progressOf = (row: SignUpRow) => ({ next: nextStep(row), expiresAt: row.expiresAt.toISOString() });

import {
  defineRoute,
  DomainError,
  redirect,
  type Redirect,
  type RouteContext,
  type RouteDefinition,
  type View,
  z,
} from '@wizamart/core';
import { INTERVALS } from '../catalog/ProductVersion.js';
import { SignUpNotFound } from './errors.js';
import { nextStep } from './nextStep.js';
import type { SignUpApiServices } from './signUpApi.js';
import type { SignUpPages } from './SignUpPages.js';
import type { SignUpRow } from './SignUpRow.js';

export interface SignUpPageServices extends SignUpApiServices {
  readonly signUpPages: SignUpPages;
}
type Answer = View | Redirect;
type Values = Readonly<Record<string, string>>;

const page = { surface: 'platform', kind: 'page', access: 'public' } as const;
const get = { ...page, method: 'GET' } as const;
const post = { ...page, method: 'POST', bodyLimitBytes: 16_384 } as const;
/** What a form sends is checked by the services, which say what is wrong; here only that it is text. */
const text = z.string().max(2_000).default('');
const token = z.string().max(60);
const byToken = z.object({ token });
const plan = {
  tier: z.string().max(50).optional().catch(undefined),
  interval: z.enum(INTERVALS).optional().catch(undefined),
};
const business = {
  legalName: text,
  line1: text,
  line2: text,
  postalCode: text,
  city: text,
  country: text,
  vatId: text,
};

/** The pages of signing up; each works without a script, but for the card field. */
export const signUpPageRoutes = (services: SignUpPageServices): RouteDefinition[] => [
  ...planRoutes(services),
  ...businessRoutes(services),
  ...accountRoutes(services),
  ...cardRoutes(services),
];

const planRoutes = ({ signUpPages: pages, signUpDrafts }: SignUpPageServices) => [
  defineRoute({
    ...get,
    path: '/signup',
    summary: 'Sign up: choose a plan',
    input: z.object(plan),
    handle: (ctx, { tier, interval }) => pages.plan(ctx, null, chosen(tier, interval)),
  }),
  defineRoute({
    ...post,
    path: '/signup',
    summary: 'Sign up: begin with a plan',
    input: z.object({ tier: text, interval: text }),
    handle: (ctx, values) =>
      tried(
        pages,
        ctx,
        null,
        async () => {
          const { token } = await signUpDrafts.start(ctx, values as never);
          return redirect(pages.at(ctx, token, 'business'));
        },
        (error) => pages.plan(ctx, null, {}, { values, error }),
      ),
  }),
  defineRoute({
    ...get,
    path: '/signup/:token',
    summary: 'Sign up: go on where one was',
    input: byToken,
    handle: (ctx, { token }) => shown(pages, ctx, () => pages.resume(ctx, token)),
  }),
  defineRoute({
    ...get,
    path: '/signup/:token/plan',
    summary: 'Sign up: another plan',
    input: byToken.extend(plan),
    handle: (ctx, { token, tier, interval }) =>
      shown(pages, ctx, () => pages.plan(ctx, token, chosen(tier, interval))),
  }),
  defineRoute({
    ...post,
    path: '/signup/:token/plan',
    summary: 'Sign up: change the plan',
    input: byToken.extend({ tier: text, interval: text }),
    handle: (ctx, { token, ...values }) =>
      tried(
        pages,
        ctx,
        token,
        async () => onward(pages, ctx, token, await signUpDrafts.choosePlan(ctx, token, values as never)),
        (error) => pages.plan(ctx, token, {}, { values, error }),
      ),
  }),
];

const businessRoutes = ({ signUpPages: pages, signUpDrafts }: SignUpPageServices) => [
  defineRoute({
    ...get,
    path: '/signup/:token/business',
    summary: 'Sign up: the business, or a shop of the marketplace',
    input: byToken.extend({ q: z.string().max(100).optional().catch(undefined) }),
    handle: (ctx, { token, q }) =>
      shown(pages, ctx, () => pages.business(ctx, token, q === undefined ? {} : { q })),
  }),
  defineRoute({
    ...post,
    path: '/signup/:token/business',
    summary: 'Sign up: enter the business',
    input: byToken.extend(business),
    handle: (ctx, { token, ...values }) =>
      tried(
        pages,
        ctx,
        token,
        async () => onward(pages, ctx, token, await signUpDrafts.enterBusiness(ctx, token, values)),
        (error) => pages.business(ctx, token, {}, { values, error }),
      ),
  }),
  defineRoute({
    ...post,
    path: '/signup/:token/shop',
    summary: 'Sign up: claim a shop of the marketplace',
    input: byToken.extend({ externalId: text, proof: text }),
    handle: (ctx, { token, externalId, proof }) => {
      const ask = (question: string) => pages.business(ctx, token, { question, asked: externalId });
      return tried(
        pages,
        ctx,
        token,
        async () => {
          const outcome = await signUpDrafts.claimShop(ctx, token, { externalId, proof: proof || null });
          if (outcome.status === 'proof-needed') return ask(outcome.question);
          const { legalName, line1, postalCode, city, vatId } = outcome.business ?? {};
          const values = found({ legalName, line1, postalCode, city, vatId });
          return pages.business(ctx, token, {}, { values, error: undefined });
        },
        (error) => pages.business(ctx, token, {}, { values: {}, error }),
      );
    },
  }),
  defineRoute({
    ...post,
    path: '/signup/:token/drop-shop',
    summary: 'Sign up: without the shop that was claimed',
    input: byToken,
    handle: (ctx, { token }) =>
      tried(
        pages,
        ctx,
        token,
        async () => {
          await signUpDrafts.dropShop(ctx, token);
          return redirect(pages.at(ctx, token, 'business'));
        },
        (error) => pages.business(ctx, token, {}, { values: {}, error }),
      ),
  }),
];

const accountRoutes = ({ signUpPages: pages, signUpAccounts }: SignUpPageServices) => [
  defineRoute({
    ...get,
    path: '/signup/:token/account',
    summary: 'Sign up: the owner and the store',
    input: byToken.extend({ kind: z.enum(['new', 'known']).optional().catch(undefined) }),
    handle: (ctx, { token, kind }) => shown(pages, ctx, () => pages.account(ctx, token, kind)),
  }),
  defineRoute({
    ...post,
    path: '/signup/:token/account',
    summary: 'Sign up: enter the owner and the store',
    input: byToken.extend({
      kind: z.enum(['new', 'known']).catch('new'),
      name: text,
      email: text,
      password: text,
      storeName: text,
      storeCode: text,
    }),
    handle: (ctx, { token, ...input }) => {
      const { password, kind, ...values } = input;
      return tried(
        pages,
        ctx,
        token,
        async () =>
          onward(pages, ctx, token, await signUpAccounts.enter(ctx, token, { kind, password, ...values })),
        (error) => pages.account(ctx, token, kind, { values, error }),
      );
    },
  }),
  defineRoute({
    ...get,
    path: '/signup/:token/confirm',
    summary: 'Sign up: the code that was mailed',
    input: byToken.extend({ sent: z.string().max(1).optional().catch(undefined) }),
    handle: (ctx, { token, sent }) => shown(pages, ctx, () => pages.confirm(ctx, token, sent === '1')),
  }),
  defineRoute({
    ...post,
    path: '/signup/:token/confirm',
    summary: 'Sign up: enter the code',
    input: byToken.extend({ code: text }),
    handle: (ctx, { token, code }) =>
      tried(
        pages,
        ctx,
        token,
        async () => onward(pages, ctx, token, await signUpAccounts.confirm(ctx, token, code.slice(0, 20))),
        (error) => pages.confirm(ctx, token, false, { values: {}, error }),
      ),
  }),
  defineRoute({
    ...post,
    path: '/signup/:token/code',
    summary: 'Sign up: mail another code',
    input: byToken,
    handle: (ctx, { token }) =>
      tried(
        pages,
        ctx,
        token,
        async () => {
          await signUpAccounts.sendAgain(ctx, token);
          return redirect(`${pages.at(ctx, token, 'confirm')}?sent=1`);
        },
        (error) => pages.confirm(ctx, token, false, { values: {}, error }),
      ),
  }),
];

const cardRoutes = ({ signUpPages: pages, signUps }: SignUpPageServices) => [
  defineRoute({
    ...get,
    path: '/signup/:token/card',
    summary: 'Sign up: the card',
    input: byToken,
    handle: (ctx, { token }) => shown(pages, ctx, () => pages.card(ctx, token)),
  }),
  defineRoute({
    ...post,
    path: '/signup/:token/complete',
    summary: 'Sign up: make the store',
    input: byToken.extend({ setupIntentId: z.string().max(255).default('') }),
    handle: (ctx, { token, setupIntentId }) =>
      tried(
        pages,
        ctx,
        token,
        async () => {
          const done = await signUps.complete(ctx, token, setupIntentId || null);
          if (done.headers === null || done.confirmUrl !== null) return pages.end(ctx, done);
          return redirect(ctx.links.to('store', done.dashboard), 303, done.headers);
        },
        async (error) =>
          error.errors?.some(({ path }) => path === 'storeCode')
            ? pages.account(ctx, token, undefined, { values: {}, error })
            : pages.card(ctx, token, { values: {}, error }),
      ),
  }),
];

const onward = (pages: SignUpPages, ctx: RouteContext, token: string, row: SignUpRow): Redirect =>
  redirect(pages.at(ctx, token, nextStep(row)));

/** A page of a sign-up that is not there any more says so, and how to begin again. */
async function shown(pages: SignUpPages, ctx: RouteContext, show: () => Promise<Answer>): Promise<Answer> {
  try {
    return await show();
  } catch (error) {
    if (error instanceof SignUpNotFound) return pages.gone(ctx, error);
    throw error;
  }
}

/** Does what a form asks for; what is wrong with it is shown on the form, with all that was typed. */
async function tried(
  pages: SignUpPages,
  ctx: RouteContext,
  token: string | null,
  work: () => Promise<Answer>,
  again: (error: DomainError) => Promise<Answer>,
): Promise<Answer> {
  return shown(pages, ctx, async () => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof DomainError) || error instanceof SignUpNotFound) throw error;
      const elsewhere = token === null ? null : pages.elsewhere(ctx, token, error);
      return elsewhere ?? again(error);
    }
  });
}

const chosen = (tier: string | undefined, interval: 'month' | 'year' | undefined) => ({
  ...(tier === undefined ? {} : { tier }),
  ...(interval === undefined ? {} : { interval }),
});

const found = (hints: Readonly<Record<string, string | null | undefined>>): Values =>
  Object.fromEntries(
    Object.entries(hints).filter((hint): hint is [string, string] => typeof hint[1] === 'string'),
  );

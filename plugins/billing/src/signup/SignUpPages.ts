import { DomainError, money, redirect, type Redirect, type RouteContext, type View } from '@wizamart/core';
import { priceOf, type Interval } from '../catalog/ProductVersion.js';
import type { GiveTexts } from '../pricing/giveTexts.js';
import type { PricedOffer, Pricing } from '../pricing/Pricing.js';
import type { StripeConnections } from '../stripe/connection/StripeConnections.js';
import { addDays } from '../subscriptions/calendar.js';
import { SignUpClosed, SignUpNotConfirmed, SignUpStepMissing, type Step } from './errors.js';
import { nextStep } from './nextStep.js';
import type { SignUpAccounts } from './SignUpAccounts.js';
import type { SignUpCards } from './SignUpCards.js';
import type { SignUpDrafts } from './SignUpDrafts.js';
import type { SignUpFinish } from './SignUpFinish.js';
import type { SignUpTrials } from './SignUpTrials.js';
import { COUNTRIES } from './signUpInput.js';
import type { SignUpRow } from './SignUpRow.js';
import type { SignUpRows } from './SignUpRows.js';
import type { SignedUp } from './SignUps.js';
import { type Again, errorsOf, headOf, problemOf, stepView } from './signUpViews.js';

/** The shop look-up as step 2 shows it. */
export interface ShopSearch {
  readonly q?: string;
  readonly question?: string;
  readonly asked?: string;
}

/** Draws the steps of signing up. */
export class SignUpPages {
  readonly #rows: SignUpRows;
  readonly #drafts: SignUpDrafts;
  readonly #accounts: SignUpAccounts;
  readonly #cards: SignUpCards;
  readonly #finish: SignUpFinish;
  readonly #signUpTrials: SignUpTrials;
  readonly #pricing: Pricing;
  readonly #texts: GiveTexts;
  readonly #connections: StripeConnections;

  constructor(deps: {
    readonly signUpRows: SignUpRows;
    readonly signUpDrafts: SignUpDrafts;
    readonly signUpAccounts: SignUpAccounts;
    readonly signUpCards: SignUpCards;
    readonly signUpFinish: SignUpFinish;
    readonly signUpTrials: SignUpTrials;
    readonly pricing: Pricing;
    readonly giveTexts: GiveTexts;
    readonly stripeConnections: StripeConnections;
  }) {
    this.#rows = deps.signUpRows;
    this.#drafts = deps.signUpDrafts;
    this.#accounts = deps.signUpAccounts;
    this.#cards = deps.signUpCards;
    this.#finish = deps.signUpFinish;
    this.#signUpTrials = deps.signUpTrials;
    this.#pricing = deps.pricing;
    this.#texts = deps.giveTexts;
    this.#connections = deps.stripeConnections;
  }

  /** Address of a step. */
  at(ctx: RouteContext, token: string, step: string): string {
    return `${this.#root(ctx, token)}/${step}`;
  }

  /** Where a link leads: to the first step that is not done, or to what has become of it. */
  async resume(ctx: RouteContext, token: string): Promise<Redirect | View> {
    const row = await this.#rows.find(ctx, token);
    return row.status === 'open' ? redirect(this.at(ctx, token, nextStep(row))) : this.over(ctx);
  }

  /** Step 1. @param token null: nothing is kept yet */
  async plan(
    ctx: RouteContext,
    token: string | null,
    wanted: { readonly tier?: string; readonly interval?: Interval },
    again?: Again,
  ): Promise<View | Redirect> {
    const row = token === null ? undefined : await this.#rows.find(ctx, token);
    if (row && row.status !== 'open') return this.over(ctx);
    const list = await this.#pricing.of(ctx);
    const interval = (again?.values['interval'] ?? wanted.interval ?? row?.interval ?? 'month') as Interval;
    const usual = list.tiers[1] ?? list.tiers[0];
    const tier = again?.values['tier'] ?? wanted.tier ?? row?.tier ?? usual?.code;
    return stepView(
      'sign-up-plan',
      {
        ...this.#frame(ctx, 'plan', token, row, again),
        action: token === null ? ctx.links.to('platform', '/signup') : this.at(ctx, token, 'plan'),
        intervals: (['month', 'year'] as const).map((value) => ({
          value,
          label: this.#text(ctx, value === 'month' ? 'billing.pricing.monthly' : 'billing.pricing.yearly'),
          text: null,
          checked: value === interval,
        })),
        tiers: list.tiers.map((offer) => ({
          value: offer.code,
          label: offer.name,
          text: this.#pricesOf(ctx, offer),
          checked: offer.code === tier,
        })),
        trialDays: list.trialDays,
        trialEndsAt: list.trialDays > 0 ? addDays(ctx.now, list.trialDays) : null,
        pricingHref: ctx.links.to('platform', '/pricing'),
        signInHref: ctx.links.to('store', '/login'),
      },
      again?.error,
    );
  }

  /** Step 2. */
  async business(
    ctx: RouteContext,
    token: string,
    search: ShopSearch,
    again?: Again,
  ): Promise<View | Redirect> {
    const row = await this.#rows.find(ctx, token);
    if (row.status !== 'open') return this.over(ctx);
    const { business } = row;
    return stepView(
      'sign-up-business',
      {
        ...this.#frame(ctx, 'business', token, row, again),
        action: this.at(ctx, token, 'business'),
        backHref: this.at(ctx, token, 'plan'),
        shops: await this.#shops(ctx, token, row, search),
        values: {
          ...{
            legalName: row.shop?.name ?? '',
            line1: '',
            line2: '',
            postalCode: '',
            city: '',
            country: 'LU',
          },
          ...business,
          vatId: business?.vatId ?? '',
          ...again?.values,
        },
        countries: this.#countries(ctx),
      },
      again?.error,
    );
  }

  /** Step 3. */
  async account(
    ctx: RouteContext,
    token: string,
    kind: 'new' | 'known' | undefined,
    again?: Again,
  ): Promise<View | Redirect> {
    const row = await this.#rows.find(ctx, token);
    if (row.status !== 'open') return this.over(ctx);
    if (row.business === null) return redirect(this.at(ctx, token, 'business'));
    const { account, business } = row;
    const shown = kind ?? account?.kind ?? 'new';
    const storeName = account?.storeName ?? row.shop?.name ?? business.legalName.slice(0, 100);
    return stepView(
      'sign-up-account',
      {
        ...this.#frame(ctx, 'account', token, row, again),
        kind: shown,
        action: this.at(ctx, token, 'account'),
        otherHref: `${this.at(ctx, token, 'account')}?kind=${shown === 'new' ? 'known' : 'new'}`,
        backHref: this.at(ctx, token, 'business'),
        vatUnchecked: business.vatStatus === 'unchecked',
        leastPassword: this.#accounts.leastPassword,
        domain: ctx.platform.domain ?? ctx.platform.code,
        values: {
          name: account?.name ?? '',
          email: account?.email ?? '',
          storeName,
          storeCode: account?.storeCode ?? (await this.#accounts.suggest(ctx, storeName)),
          ...again?.values,
        },
      },
      again?.error,
    );
  }

  /** The code, between steps 3 and 4. */
  async confirm(ctx: RouteContext, token: string, wasSent: boolean, again?: Again): Promise<View | Redirect> {
    const row = await this.#rows.find(ctx, token);
    if (row.status !== 'open') return this.over(ctx);
    const next = nextStep(row);
    if (next !== 'confirm') return redirect(this.at(ctx, token, next));
    return stepView(
      'sign-up-confirm',
      {
        ...this.#frame(ctx, 'account', token, row, again),
        email: row.account?.email ?? '',
        wasSent,
        action: this.at(ctx, token, 'confirm'),
        againAction: this.at(ctx, token, 'code'),
        backHref: this.at(ctx, token, 'account'),
      },
      again?.error,
    );
  }

  /** Step 4. The page may load the payment service's script, and nothing else from outside. */
  async card(ctx: RouteContext, token: string, again?: Again): Promise<View | Redirect> {
    const row = await this.#rows.find(ctx, token);
    if (row.status === 'done') return this.over(ctx);
    const next = nextStep(row);
    if (row.status === 'open' && next !== 'card') return redirect(this.at(ctx, token, next));
    const list = await this.#pricing.of(ctx);
    const offer = list.tiers.find(({ code }) => code === row.tier);
    if (!offer) return redirect(this.at(ctx, token, 'plan'));
    const setup = await this.#setup(ctx, token);
    const isRefused = await this.#signUpTrials.isRefused(ctx, row);
    const hasTrial = list.trialDays > 0 && !isRefused;
    const price = money(priceOf(offer, row.interval) ?? 0, offer.currency);
    return stepView(
      'sign-up-card',
      {
        ...this.#frame(ctx, 'card', token, row, again),
        action: this.at(ctx, token, 'complete'),
        backHref: this.at(ctx, token, 'account'),
        planHref: this.at(ctx, token, 'plan'),
        setup,
        locale: ctx.language === 'lb' ? 'auto' : ctx.language,
        isTrialRefused: isRefused && list.trialDays > 0,
        isCardNeeded: isRefused || this.#finish.isCardNeeded(ctx),
        today: hasTrial ? money(0, offer.currency) : price,
        trialEndsAt: hasTrial ? addDays(ctx.now, list.trialDays) : null,
        price,
        interval: row.interval,
        tierName: offer.name,
        storeName: row.account?.storeName ?? '',
      },
      again?.error,
      setup === null ? {} : { sources: (await this.#connections.of(ctx)).pageOrigins },
    );
  }

  /** What is shown at the end to who is not signed in by it, or has a payment to confirm. */
  end(ctx: RouteContext, { dashboard, confirmUrl }: SignedUp): View {
    return stepView(
      'sign-up-over',
      {
        heading: this.#text(ctx, 'billing.signUp.done.heading'),
        text: this.#text(
          ctx,
          confirmUrl === null ? 'billing.signUp.done.signIn' : 'billing.signUp.done.confirmText',
        ),
        link: ctx.links.to('store', dashboard),
        linkText: this.#text(ctx, 'billing.signUp.done.open'),
        confirmUrl,
      },
      undefined,
    );
  }

  /** A link whose sign-up is finished. */
  over(ctx: RouteContext): View {
    return stepView(
      'sign-up-over',
      {
        heading: this.#text(ctx, 'billing.signUp.done.heading'),
        text: this.#text(ctx, 'billing.signUp.done.signIn'),
        link: ctx.links.to('store', '/'),
        linkText: this.#text(ctx, 'billing.signUp.done.open'),
        confirmUrl: null,
      },
      undefined,
    );
  }

  /** A link that leads nowhere any more. */
  gone(ctx: RouteContext, error: DomainError): View {
    return stepView(
      'sign-up-over',
      {
        heading: this.#text(ctx, 'billing.signUp.gone.heading'),
        text: this.#text(ctx, 'billing.signUp.gone.text'),
        link: ctx.links.to('platform', '/signup'),
        linkText: this.#text(ctx, 'billing.signUp.gone.again'),
        confirmUrl: null,
      },
      error,
    );
  }

  /** Where somebody goes who came too early or too late to a step; null: the error is shown on it. */
  elsewhere(ctx: RouteContext, token: string, error: unknown): Redirect | View | null {
    if (error instanceof SignUpStepMissing) return redirect(this.at(ctx, token, error.data.step));
    if (error instanceof SignUpNotConfirmed) return redirect(this.at(ctx, token, 'confirm'));
    return error instanceof SignUpClosed ? this.over(ctx) : null;
  }

  #frame(ctx: RouteContext, step: Step, token: string | null, row: SignUpRow | undefined, again?: Again) {
    return {
      head: headOf(this.#texts, ctx, step, token === null ? null : this.#root(ctx, token), row),
      problem: problemOf(this.#texts, ctx, again?.error),
      errors: errorsOf(this.#texts, ctx, again?.error),
    };
  }

  async #setup(ctx: RouteContext, token: string) {
    try {
      return await this.#cards.begin(ctx, token);
    } catch (error) {
      // Stripe is not there, or the store is: what does not need it goes on.
      if (error instanceof DomainError && (error.status >= 500 || error instanceof SignUpClosed)) return null;
      throw error;
    }
  }

  async #shops(ctx: RouteContext, token: string, row: SignUpRow, { q = '', question, asked }: ShopSearch) {
    const directory = this.#drafts.directory(ctx);
    if (!directory) return null;
    let problem: string | null = null;
    const found = await this.#drafts.searchShops(ctx, q).catch((error: unknown) => {
      if (!(error instanceof DomainError)) throw error;
      problem = problemOf(this.#texts, ctx, error);
      return [];
    });
    return {
      name: directory.name,
      claimed: row.shop?.name ?? null,
      question: question ?? null,
      asked: asked ?? '',
      q,
      isSearched: q !== '',
      found,
      problem,
      searchAction: this.at(ctx, token, 'business'),
      claimAction: this.at(ctx, token, 'shop'),
      dropAction: this.at(ctx, token, 'drop-shop'),
    };
  }

  #countries(ctx: RouteContext) {
    // Luxembourgish names of countries are not in every runtime; German ones are understood there.
    const names = new Intl.DisplayNames([ctx.language, 'de', 'en'], { type: 'region' });
    return COUNTRIES.map((value) => ({ value, label: names.of(value) ?? value })).sort((a, b) =>
      a.label.localeCompare(b.label, ctx.language),
    );
  }

  #pricesOf(ctx: RouteContext, offer: PricedOffer): string {
    return (['month', 'year'] as const)
      .flatMap((interval) => {
        const price = priceOf(offer, interval);
        if (price === null) return [];
        const per = interval === 'month' ? 'billing.pricing.perMonth' : 'billing.pricing.perYear';
        return [`${this.#texts.money(ctx, money(price, offer.currency))} ${this.#text(ctx, per)}`];
      })
      .join(' · ');
  }

  #root = (ctx: RouteContext, token: string): string => ctx.links.to('platform', `/signup/${token}`);
  #text = (ctx: RouteContext, key: string): string => this.#texts.text(ctx, key);
}

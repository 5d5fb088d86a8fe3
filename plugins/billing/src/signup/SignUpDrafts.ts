import type { Database, RouteContext, StoreIdentities, TenantContext } from '@wizamart/core';
import { DomainError, parseInput, uuidv7 } from '@wizamart/core';
import type { Catalogue } from '../catalog/Catalogue.js';
import { NotForSale } from '../catalog/errors.js';
import { priceOf } from '../catalog/ProductVersion.js';
import type { VatIds } from '../vat/vies/VatIds.js';
import {
  NoShopDirectory,
  ShopAlreadyClaimed,
  ShopClaimRefused,
  ShopDirectoryUnavailable,
  VatIdNotRegistered,
} from './errors.js';
import type { FoundShop, ShopClaim, ShopDirectory } from './ShopDirectory.js';
import {
  businessInput,
  claimInput,
  planInput,
  type BusinessInput,
  type ClaimInput,
  type PlanInput,
} from './signUpInput.js';
import type { SignUpLimits } from './SignUpLimits.js';
import type { Business, SignUpRow } from './SignUpRow.js';
import { asSignUp, type SignUpRows } from './SignUpRows.js';
import { hashSignUpToken, newSignUpToken } from './signUpToken.js';

/** What came of a claim: taken, or a question that only the owner can answer. */
export type ClaimOutcome =
  | { readonly status: 'claimed'; readonly row: SignUpRow; readonly business: BusinessHint | null }
  | { readonly status: 'proof-needed'; readonly question: string };
type BusinessHint = NonNullable<Extract<ShopClaim, { readonly status: 'claimed' }>['business']>;

/** The first steps of signing up: what is chosen, and who chooses it. Nothing here is final. */
export class SignUpDrafts {
  readonly #database: Database;
  readonly #rows: SignUpRows;
  readonly #limits: SignUpLimits;
  readonly #catalogue: Catalogue;
  readonly #vatIds: VatIds;
  readonly #identities: StoreIdentities;
  readonly #directory: (ctx: TenantContext) => ShopDirectory | undefined;

  constructor(deps: {
    readonly database: Database;
    readonly signUpRows: SignUpRows;
    readonly signUpLimits: SignUpLimits;
    readonly catalogue: Catalogue;
    readonly vatIds: VatIds;
    readonly storeIdentities: StoreIdentities;
    readonly shopDirectory: (ctx: TenantContext) => ShopDirectory | undefined;
  }) {
    this.#database = deps.database;
    this.#rows = deps.signUpRows;
    this.#limits = deps.signUpLimits;
    this.#catalogue = deps.catalogue;
    this.#vatIds = deps.vatIds;
    this.#identities = deps.storeIdentities;
    this.#directory = deps.shopDirectory;
  }

  /** Begins with a plan. @returns the token that leads back to it, known to nobody else @throws {NotForSale} {@link TooManyRequests} */
  async start(
    ctx: RouteContext,
    input: PlanInput,
  ): Promise<{ readonly token: string; readonly row: SignUpRow }> {
    const plan = await this.#plan(ctx, input);
    await this.#limits.take(ctx, 'start');
    const token = newSignUpToken();
    const row = await this.#database.unit(asSignUp(ctx), (inside) =>
      this.#rows.insert(inside, {
        id: uuidv7(ctx.now),
        tokenHash: hashSignUpToken(token),
        status: 'open',
        language: ctx.language,
        ...plan,
        codeTries: 0,
        setupIntents: [],
        maySignIn: false,
        merchantId: uuidv7(ctx.now),
        storeId: uuidv7(ctx.now),
        ownerId: uuidv7(ctx.now),
      }),
    );
    return { token, row };
  }

  /** Another plan; what was entered since stays. @throws {NotForSale} {@link SignUpClosed} */
  async choosePlan(ctx: RouteContext, token: string, input: PlanInput): Promise<SignUpRow> {
    const plan = await this.#plan(ctx, input);
    return this.#rows.change(ctx, token, () => plan);
  }

  /** The marketplace whose shops can be looked up here; undefined: none. */
  directory(ctx: TenantContext): ShopDirectory | undefined {
    return this.#directory(ctx);
  }

  /** Shops by name or address, without those that are taken. @throws {NoShopDirectory} {@link ShopDirectoryUnavailable} {@link TooManyRequests} */
  async searchShops(
    ctx: RouteContext,
    q: string,
  ): Promise<readonly (FoundShop & { readonly isTaken: boolean })[]> {
    const directory = this.#known(ctx);
    if (q.trim() === '') return [];
    await this.#limits.take(ctx, 'search');
    const found = (await asking(directory.search(ctx, q.trim()))).slice(0, 20);
    const shops = [];
    for (const shop of found)
      shops.push({ ...shop, isTaken: await this.#isTaken(ctx, directory.provider, shop.externalId) });
    return shops;
  }

  /**
   * Says that a shop is theirs. The claim becomes one when the store is there.
   *
   * @throws {NoShopDirectory} {@link ShopAlreadyClaimed} {@link ShopClaimRefused} {@link ShopDirectoryUnavailable}
   */
  async claimShop(ctx: RouteContext, token: string, input: ClaimInput): Promise<ClaimOutcome> {
    const { externalId, proof } = parseInput(claimInput, input);
    const directory = this.#known(ctx);
    await this.#rows.find(ctx, token);
    await this.#limits.take(ctx, 'claim');
    if (await this.#isTaken(ctx, directory.provider, externalId)) throw new ShopAlreadyClaimed();
    const answer = await asking(directory.claim(ctx, { externalId, proof }));
    if (answer.status === 'refused') throw new ShopClaimRefused();
    if (answer.status === 'proof-needed') return answer;
    const { shop, business } = answer;
    const row = await this.#rows.change(ctx, token, () => ({
      shop: {
        provider: directory.provider,
        externalId: shop.externalId,
        slug: shop.slug,
        name: shop.name,
        proof: answer.proof,
      },
    }));
    return { status: 'claimed', row, business };
  }

  /** Signs up without the shop that was claimed. */
  async dropShop(ctx: RouteContext, token: string): Promise<SignUpRow> {
    return this.#rows.change(ctx, token, () => ({ shop: null }));
  }

  /**
   * Who signs up. A VAT id is checked with VIES; where that does not answer it is taken as not checked yet.
   *
   * @throws {InvalidInput} {@link VatIdInvalid} {@link VatIdNotRegistered}
   */
  async enterBusiness(ctx: RouteContext, token: string, input: BusinessInput): Promise<SignUpRow> {
    const { vatId: typed, ...fields } = parseInput(businessInput, input);
    const before = await this.#rows.find(ctx, token);
    const vat = await this.#vat(ctx, typed, before.business);
    return this.#rows.change(ctx, token, () => ({ business: { ...fields, ...vat } }));
  }

  async #vat(
    ctx: RouteContext,
    typed: string,
    before: Business | null,
  ): Promise<Pick<Business, 'vatId' | 'vatStatus'>> {
    if (typed === '') return { vatId: null, vatStatus: null };
    if (before?.vatId === typed && before.vatStatus === 'valid') return { vatId: typed, vatStatus: 'valid' };
    await this.#limits.take(ctx, 'business');
    const { vatId, status } = await this.#vatIds.check({ ...ctx, merchant: null, store: null }, typed);
    if (status === 'invalid') throw new VatIdNotRegistered({ vatId });
    return { vatId, vatStatus: status === 'valid' ? 'valid' : 'unchecked' };
  }

  async #plan(ctx: RouteContext, input: PlanInput) {
    const { tier, interval } = parseInput(planInput, input);
    const offers = await this.#catalogue.offers(ctx, { kind: 'tier', onlyPublic: true });
    const offer = offers.find(({ code }) => code === tier);
    if (!offer) throw new NotForSale({ code: tier, reason: 'archived' });
    if (priceOf(offer, interval) === null) throw new NotForSale({ code: tier, reason: 'interval' });
    return { tier, interval };
  }

  #known(ctx: TenantContext): ShopDirectory {
    const directory = this.#directory(ctx);
    if (!directory) throw new NoShopDirectory();
    return directory;
  }

  async #isTaken(ctx: TenantContext, provider: string, externalId: string): Promise<boolean> {
    return (await this.#identities.find(asSignUp(ctx), { provider, externalId })) !== null;
  }
}

/** Whatever goes wrong outside is the marketplace's trouble; signing up goes on by hand. */
async function asking<Answer>(question: Promise<Answer>): Promise<Answer> {
  try {
    return await question;
  } catch (error) {
    if (error instanceof DomainError) throw error;
    throw new ShopDirectoryUnavailable();
  }
}

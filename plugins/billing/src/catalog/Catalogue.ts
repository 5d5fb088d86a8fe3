import type {
  Audit,
  Database,
  HostFacts,
  InTransaction,
  PageCache,
  TenantContext,
  Tier,
  Tiers,
} from '@wizamart/core';
import { parseInput, uuidv7, z } from '@wizamart/core';
import { NotForSale, ProductNotFound, SeedInvalid } from './errors.js';
import { isOfUse } from './metered.js';
import { Product, ProductVersion, type ProductKind } from './ProductVersion.js';
import { addOnSchema, pricesSchema, seedSchema, type AddOnInput, type PricesInput } from './seedSchema.js';
import type { ProductTexts } from './texts/ProductTexts.js';

/** What a version says, before it is one. */
type Terms = Pick<
  ProductVersion,
  'name' | 'description' | 'features' | 'limits' | 'currency' | 'monthlyMinor' | 'yearlyMinor' | 'maxQuantity'
>;

/** A product as it is sold now; `name` and `description` in the language of who asks. */
export interface Offer extends Terms {
  readonly kind: ProductKind;
  readonly code: string;
  /** As it is sold, in whatever language that was written. */
  readonly sold: { readonly name: string; readonly description: string };
  readonly position: number;
  readonly isPublic: boolean;
  readonly archivedAt: Date | null;
  /** The version that was made last; what is sold next may be newer, when the tier has changed since. */
  readonly version: number;
}

const LOCK = 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))';

/**
 * What a platform sells: core's tiers with their prices, and add-ons.
 *
 * Prices are net, in whole minor units. What was sold is kept as a version that never changes: a price, a name, a
 * feature or a limit that changes is a new version for those who buy from then on.
 */
export class Catalogue {
  readonly #database: Database;
  readonly #tiers: Tiers;
  readonly #texts: ProductTexts;
  readonly #audit: Audit;
  readonly #pageCache: PageCache;

  constructor(deps: {
    readonly database: Database;
    readonly tiers: Tiers;
    readonly productTexts: ProductTexts;
    readonly audit: Audit;
    readonly pageCache: PageCache;
  }) {
    this.#database = deps.database;
    this.#texts = deps.productTexts;
    this.#tiers = deps.tiers;
    this.#audit = deps.audit;
    this.#pageCache = deps.pageCache;
  }

  /** Brings what the host starts with. What is there stays as it is. @throws {SeedInvalid} */
  async seed(ctx: TenantContext, host: HostFacts): Promise<void> {
    if (host.seed === undefined) return;
    const parsed = seedSchema.safeParse(host.seed);
    if (!parsed.success) throw new SeedInvalid({ host: host.code, reason: z.prettifyError(parsed.error) });
    const { currency, tiers, addOns } = parsed.data;
    await this.#database.unit(ctx, async (inside) => {
      const known = await this.#tiers.list(inside);
      for (const [code, { texts, ...prices }] of Object.entries(tiers)) {
        if (!known.some((tier) => tier.code === code))
          throw new SeedInvalid({ host: host.code, reason: `it has no tier '${code}'` });
        if (await find(inside, 'tier', code)) continue;
        await this.#texts.save(inside, await this.#price(inside, code, { currency, ...prices }), texts);
      }
      for (const [index, { texts, ...addOn }] of addOns.entries())
        if (!(await find(inside, 'add_on', addOn.code))) {
          const terms = { ...addOn, currency, position: (index + 1) * 10 };
          await this.#texts.save(inside, await this.#addOn(inside, terms), texts);
        }
    });
  }

  /** A tier or an add-on as it is sold now; undefined without a price. */
  async offer(ctx: TenantContext, kind: ProductKind, code: string): Promise<Offer | undefined> {
    return (await this.offers(ctx, { kind })).find((offer) => offer.code === code);
  }

  /** All tiers and add-ons as they are sold now, tiers first, each in order; those without a price are left out. */
  async offers(
    ctx: TenantContext,
    { kind, onlyPublic = false }: { readonly kind?: ProductKind; readonly onlyPublic?: boolean } = {},
  ): Promise<readonly Offer[]> {
    // Before the unit of work: there they come from memory.
    const tiers = await this.#tiers.list(ctx);
    return this.#database.unit(ctx, async (inside) => {
      const [products, latest, names] = await Promise.all([
        Product.in(inside).orderBy(['position', 'code']),
        latestOfAll(inside),
        this.#texts.names(inside),
      ]);
      const wanted = products.filter(
        (product) =>
          (kind === undefined || product.kind === kind) &&
          (!onlyPublic || (product.isPublic && product.archivedAt === null)),
      );
      const offers: Offer[] = [];
      for (const product of wanted) {
        const terms = termsToday(latest.get(keyOf(product)), tiers);
        if (!terms || (onlyPublic && terms.archived)) continue;
        if (onlyPublic && product.kind === 'add_on' && !isOfUse(inside, terms.terms)) continue;
        const { name, description } = terms.terms;
        const named = { kind: product.kind, code: product.code, name, description };
        offers.push({
          ...shownOf(product),
          ...terms.terms,
          name: names.nameOf(named),
          description: names.descriptionOf(named),
          sold: { name, description },
        });
      }
      return offers.sort((a, b) => Number(a.kind === 'add_on') - Number(b.kind === 'add_on'));
    });
  }

  /**
   * The version that is bought from now on; made when the product has changed since the last one.
   *
   * Joins a unit of work of the provider.
   *
   * @param options `onlyPublic`: what is not offered to everybody does not exist
   * @throws {ProductNotFound | NotForSale}
   */
  async forSale(
    ctx: TenantContext,
    kind: ProductKind,
    code: string,
    { onlyPublic = false }: { readonly onlyPublic?: boolean } = {},
  ): Promise<ProductVersion> {
    const tiers = await this.#tiers.list(ctx);
    return this.#database.unit(ctx, async (inside) => {
      const latest = await soldOf(inside, kind, code);
      const found = termsToday(latest, tiers);
      if (!latest || !found) throw notSold(tiers, kind, code);
      if (onlyPublic && !latest.isPublic) throw new ProductNotFound({ kind, code });
      if (onlyPublic && kind === 'add_on' && !isOfUse(inside, found.terms))
        throw new ProductNotFound({ kind, code });
      if (latest.archivedAt || found.archived) throw new NotForSale({ code, reason: 'archived' });
      if (fingerprint(latest) === fingerprint(found.terms)) return latest;
      // Something is to be written: by what the tier says in this transaction.
      const now = termsToday(latest, await this.#tiers.list(inside));
      return this.#version(inside, kind, code, now?.terms ?? found.terms);
    });
  }

  /** A version that was sold. @throws {ProductNotFound} */
  async byId(ctx: TenantContext, id: string): Promise<ProductVersion> {
    const found = await this.#database.unit(ctx, (inside) => ProductVersion.in(inside).findOne({ id }));
    if (!found) throw new ProductNotFound({ kind: 'version', code: id });
    return found;
  }

  /** All versions of a product, newest first. @throws {ProductNotFound} */
  async versions(ctx: TenantContext, kind: ProductKind, code: string): Promise<readonly ProductVersion[]> {
    return this.#database.unit(ctx, async (inside) => {
      const found = await ProductVersion.in(inside).where({ kind, code }).orderBy('version', 'desc');
      if (found.length === 0) throw new ProductNotFound({ kind, code });
      return found;
    });
  }

  /** Sets what a tier costs from now on; running subscriptions keep what they bought. @throws {ProductNotFound | InvalidInput} */
  async setPrices(ctx: TenantContext, tier: string, input: PricesInput): Promise<ProductVersion> {
    return this.#database.unit(ctx, (inside) => this.#price(inside, tier, input));
  }

  /** Makes or changes an add-on; a currency without minor units is refused. @throws {InvalidInput} */
  async saveAddOn(ctx: TenantContext, input: AddOnInput): Promise<ProductVersion> {
    return this.#database.unit(ctx, (inside) => this.#addOn(inside, input));
  }

  /** Stops selling a product, or sells it again; who has it keeps it. @throws {ProductNotFound} */
  async archive(ctx: TenantContext, kind: ProductKind, code: string, isArchived: boolean): Promise<void> {
    await this.#database.unit(ctx, async (inside) => {
      const product = await find(inside, kind, code, 'lock');
      if (!product) throw new ProductNotFound({ kind, code });
      if ((product.archivedAt !== null) === isArchived) return;
      const archivedAt = isArchived ? ctx.now : null;
      await Product.in(inside).where({ kind, code }).patch({ archivedAt, updatedAt: ctx.now });
      await this.#audit.record(inside, {
        action: isArchived ? 'billing.product.archived' : 'billing.product.offered',
        subject: { type: `billing.${kind}`, id: code, name: code },
        from: { archivedAt: product.archivedAt },
        to: { archivedAt },
      });
      await this.#shownAnew(inside);
    });
  }

  async #price(ctx: InTransaction, code: string, input: PricesInput): Promise<ProductVersion> {
    const { position, isPublic, ...prices } = parseInput(pricesSchema, input);
    const tier = (await this.#tiers.list(ctx)).find((known) => known.code === code);
    if (!tier) throw new ProductNotFound({ kind: 'tier', code });
    const terms = { ...ofTier(tier), ...prices };
    return this.#save(ctx, 'tier', code, { position: position ?? tier.position, isPublic }, terms);
  }

  async #addOn(ctx: InTransaction, input: AddOnInput): Promise<ProductVersion> {
    const { code, position, isPublic, ...terms } = parseInput(addOnSchema, input);
    const before = await find(ctx, 'add_on', code);
    return this.#save(
      ctx,
      'add_on',
      code,
      { position: position ?? before?.position ?? 100, isPublic },
      terms,
    );
  }

  async #save(
    ctx: InTransaction,
    kind: ProductKind,
    code: string,
    shown: { readonly position: number; readonly isPublic: boolean },
    terms: Terms,
  ): Promise<ProductVersion> {
    const version = await this.#version(ctx, kind, code, terms);
    const before = await find(ctx, kind, code, 'lock');
    const to = { ...shown, version: version.version };
    if (before)
      await Product.in(ctx)
        .where({ kind, code })
        .patch({ ...to, updatedAt: ctx.now });
    else await Product.in(ctx).insert({ kind, code, ...to, archivedAt: null, updatedAt: ctx.now });
    await this.#audit.record(ctx, {
      action: 'billing.product.saved',
      subject: { type: `billing.${kind}`, id: code, name: version.name },
      from: before && { position: before.position, isPublic: before.isPublic, version: before.version },
      to: {
        ...to,
        currency: terms.currency,
        monthlyMinor: terms.monthlyMinor,
        yearlyMinor: terms.yearlyMinor,
      },
    });
    await this.#shownAnew(ctx);
    return version;
  }

  /** Pages that show prices are made anew. */
  #shownAnew(ctx: InTransaction): Promise<void> {
    return this.#pageCache.invalidate({ ...ctx, store: null }, 'platform');
  }

  /** The latest version when it says just this, else a new one. */
  async #version(ctx: InTransaction, kind: ProductKind, code: string, terms: Terms): Promise<ProductVersion> {
    await ctx.tx.query(LOCK, [`billing product ${ctx.platform.id} ${kind} ${code}`]);
    const latest = await latestOf(ctx, kind, code);
    if (latest && fingerprint(latest) === fingerprint(terms)) return latest;
    const version = (latest?.version ?? 0) + 1;
    const made = await ProductVersion.in(ctx).insertAndFetch({
      id: uuidv7(ctx.now),
      kind,
      code,
      version,
      ...terms,
      features: [...terms.features],
      createdAt: ctx.now,
    });
    if (latest) await Product.in(ctx).where({ kind, code }).patch({ version, updatedAt: ctx.now });
    return made;
  }
}

/** A tier is as core has it today, with the prices of its latest version. */
function termsToday(
  latest: ProductVersion | undefined,
  tiers: readonly Tier[],
): { readonly terms: Terms; readonly archived: boolean } | undefined {
  if (!latest) return undefined;
  if (latest.kind === 'add_on') return { terms: termsOf(latest), archived: false };
  const tier = tiers.find(({ code }) => code === latest.code);
  if (!tier) return { terms: termsOf(latest), archived: true };
  return { terms: { ...termsOf(latest), ...ofTier(tier) }, archived: tier.archivedAt !== null };
}

const notSold = (tiers: readonly Tier[], kind: ProductKind, code: string): Error =>
  kind === 'tier' && tiers.some((tier) => tier.code === code)
    ? new NotForSale({ code, reason: 'no_price' })
    : new ProductNotFound({ kind, code });

const find = async (
  ctx: InTransaction,
  kind: ProductKind,
  code: string,
  lock?: 'lock',
): Promise<Product | undefined> => {
  const query = Product.in(ctx).findOne({ kind, code });
  return lock ? query.forUpdate() : query;
};

const latestOf = async (
  ctx: InTransaction,
  kind: ProductKind,
  code: string,
): Promise<ProductVersion | undefined> =>
  ProductVersion.in(ctx).where({ kind, code }).orderBy('version', 'desc').limit(1).first();

const keyOf = ({ kind, code }: Pick<Product, 'kind' | 'code'>): string => `${kind} ${code}`;

/** The latest version of a product that is offered, beside how it is. */
const soldOf = (
  ctx: InTransaction,
  kind: ProductKind,
  code: string,
): PromiseLike<(ProductVersion & Pick<Product, 'isPublic' | 'archivedAt'>) | undefined> =>
  ProductVersion.in(ctx)
    .joinTenant(Product, { kind: 'kind', code: 'code' })
    .where({ 'billingProductVersion.kind': kind, 'billingProductVersion.code': code })
    .orderBy('billingProductVersion.version', 'desc')
    .limit(1)
    .select('billingProductVersion.*', 'billingProduct.isPublic', 'billingProduct.archivedAt')
    .first()
    .castTo<ProductVersion & Pick<Product, 'isPublic' | 'archivedAt'>>();

/** The latest version of each product. */
async function latestOfAll(ctx: InTransaction): Promise<ReadonlyMap<string, ProductVersion>> {
  const versions = await ProductVersion.in(ctx)
    .distinctOn(['kind', 'code'])
    .orderBy(['kind', 'code', { column: 'version', order: 'desc' }]);
  return new Map(versions.map((version) => [keyOf(version), version]));
}

const ofTier = (tier: {
  readonly name: string;
  readonly features: ReadonlySet<string>;
  readonly limits: Readonly<Record<string, number>>;
}) => ({
  name: tier.name,
  description: '',
  features: [...tier.features],
  limits: tier.limits,
  maxQuantity: 1,
});

const termsOf = (version: ProductVersion): Terms => ({
  name: version.name,
  description: version.description,
  features: version.features,
  limits: version.limits,
  currency: version.currency,
  monthlyMinor: version.monthlyMinor,
  yearlyMinor: version.yearlyMinor,
  maxQuantity: version.maxQuantity,
});

const fingerprint = (terms: Terms): string =>
  JSON.stringify([
    terms.name,
    terms.description,
    [...terms.features].sort(),
    Object.entries(terms.limits).sort(([a], [b]) => (a < b ? -1 : 1)),
    terms.currency,
    terms.monthlyMinor,
    terms.yearlyMinor,
    terms.maxQuantity,
  ]);

const shownOf = ({ kind, code, position, isPublic, archivedAt, version }: Product) => ({
  kind,
  code,
  position,
  isPublic,
  archivedAt,
  version,
});

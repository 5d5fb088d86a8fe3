import { randomBytes } from 'node:crypto';
import type { InTransaction } from '../../database/InTransaction.js';
import { uuidv7 } from '../../database/uuid.js';
import { Conflict, NotFound } from '../../errors/common.js';
import type { StoreContext, TenantContext } from '../../kernel/context.js';
import { takenInstead } from '../conflicts.js';
import { StoreDomain, type DomainStatus } from '../models/StoreDomain.js';
import { parseInput } from '../../errors/parseInput.js';
import { domainSchema } from '../tenantInputs.js';
import { findToken, tokenRecordName, type TxtResolver } from './domainProof.js';
import { pageOf, type ListQuery, type Page } from './pageOf.js';
import type { TenancyParts } from './TenancyParts.js';

/** Days that a domain is still served after the tier stopped including domains. */
const GRACE_DAYS = 30;
const DAY_MS = 86_400_000;

export interface DomainsParts extends TenancyParts {
  readonly resolveTxt: TxtResolver;
  /** Whether the merchant of the context may have custom domains on its platform; `require` throws what it lacks. */
  readonly entitlement: {
    has(ctx: StoreContext): Promise<boolean>;
    require(ctx: StoreContext): Promise<void>;
  };
}

/** A domain in a list across stores. */
export interface DomainListing extends Pick<
  StoreDomain,
  'id' | 'domain' | 'status' | 'isPrimary' | 'failure' | 'graceUntil' | 'addedAt' | 'checkedAt'
> {
  readonly storeId: string;
  readonly storeName: string;
  readonly storeCode: string;
}

export interface DomainQuery extends ListQuery {
  /** Left out: all that are held. */
  readonly status?: DomainStatus | undefined;
}

/** Names that the list may be sorted by. */
export const DOMAIN_SORTS = ['domain', 'addedAt', 'store', 'status'] as const;

const taken = takenInstead({
  core_store_domain_domain_across_key:
    'This domain is active for another store; it must be released there first.',
  core_store_domain_once: 'The store has this domain already.',
});

/**
 * A store's own domains on the platform of the context: added with a token, active once the token stands in a TXT
 * record, until they are released. A domain has one owner; a store has one primary domain on a platform.
 */
export class Domains {
  constructor(private readonly parts: DomainsParts) {}

  /** All but released ones, in the order they were added. */
  async list(ctx: StoreContext): Promise<StoreDomain[]> {
    return this.parts.database.unit(ctx, (inside) =>
      own(inside).whereNot('status', 'released').orderBy('addedAt').execute(),
    );
  }

  /** One that the store holds. @throws {NotFound} */
  async get(ctx: StoreContext, id: string): Promise<StoreDomain> {
    return this.parts.database.unit(ctx, (inside) => readDomain(inside, id));
  }

  /** Domains of all stores of the context's platform; by name. For administrators. */
  async listOnPlatform(ctx: TenantContext, query: DomainQuery = {}): Promise<Page<DomainListing>> {
    return this.parts.database.directory(ctx, ({ tx }) =>
      pageOf<DomainListing>(tx, query, {
        select: `d.id, d.domain, d.status, d.is_primary as "isPrimary", d.failure, d.grace_until as "graceUntil", d.added_at as "addedAt",
        d.checked_at as "checkedAt", s.id as "storeId", s.name as "storeName", s.code as "storeCode"`,
        from: `core_store_domain d join core_store s on s.merchant_id = d.merchant_id and s.id = d.store_id
        where d.platform_id = $1 and ($2::text is null and d.status <> 'released' or d.status = $2)`,
        values: [ctx.platform.id, query.status ?? null],
        search: ['d.domain', 's.name', 's.code'],
        order: 'd.domain, d.id',
        sorts: { domain: 'd.domain', addedAt: 'd.added_at', store: 's.name', status: 'd.status' },
      }),
    );
  }

  /**
   * Adds a domain; it is not served before `verify`. Others may add the same: who controls the domain wins.
   *
   * @throws {FeatureNotInTier | InvalidInput | Conflict}
   */
  async add(ctx: StoreContext, typed: string): Promise<StoreDomain> {
    const domain = parseInput(domainSchema, typed);
    await this.parts.entitlement.require(ctx);
    this.#refuseOurs(domain);
    return this.parts.database.unit(ctx, async (inside) => {
      const added = await StoreDomain.in(inside)
        .insertAndFetch({
          id: uuidv7(ctx.now),
          platformId: ctx.platform.id,
          domain,
          status: 'verifying',
          token: `wizamart-${randomBytes(16).toString('hex')}`,
          isPrimary: false,
          addedAt: ctx.now,
        })
        .catch(taken);
      return this.#changed(inside, added.id, 'core.domain.add', undefined, { domain });
    });
  }

  /**
   * Looks for the token: the domain becomes active, or failing with the reason. The first active one is primary.
   *
   * @throws {NotFound} {@link Conflict} when it is active for another store
   */
  async verify(ctx: StoreContext, id: string): Promise<StoreDomain> {
    const { domain, token } = await this.parts.database.unit(ctx, (inside) => readDomain(inside, id));
    // Outside of any transaction: a name server may take seconds.
    const failure = await findToken(this.parts.resolveTxt, domain, token);
    return this.parts.database.unit(ctx, async (inside) => {
      const before = await readDomain(inside, id, 'lock');
      if (failure) {
        // Silence of a name server must not take an active domain away.
        const stays = before.status === 'active' && !failure.isCertain;
        const after = stays ? {} : { status: 'failing' as const, isPrimary: false };
        await own(inside)
          .findOne({ id })
          .patch({ ...after, failure: failure.reason, checkedAt: ctx.now });
        return this.#changed(
          inside,
          id,
          'core.domain.fail',
          { status: before.status },
          { ...after, failure: failure.reason },
        );
      }
      const isPrimary = before.isPrimary || (await own(inside).where({ isPrimary: true }).resultSize()) === 0;
      await own(inside)
        .findOne({ id })
        .patch({ status: 'active', isPrimary, failure: null, checkedAt: ctx.now, verifiedAt: ctx.now })
        .catch(taken);
      return this.#changed(
        inside,
        id,
        'core.domain.activate',
        { status: before.status },
        { status: 'active', isPrimary },
      );
    });
  }

  /** Makes an active domain the one that canonical addresses take. */
  async makePrimary(ctx: StoreContext, id: string): Promise<StoreDomain> {
    return this.parts.database.unit(ctx, async (inside) => {
      const { status } = await readDomain(inside, id, 'lock');
      if (status !== 'active')
        throw new Conflict({ reason: 'Only an active domain can be the primary one; verify it first.' });
      await own(inside).where({ isPrimary: true }).patch({ isPrimary: false });
      await own(inside).findOne({ id }).patch({ isPrimary: true });
      return this.#changed(inside, id, 'core.domain.prefer', undefined, { isPrimary: true });
    });
  }

  /** Gives a domain up; another active one of the store becomes primary. */
  async release(ctx: StoreContext, id: string): Promise<StoreDomain> {
    return this.parts.database.unit(ctx, async (inside) => {
      const before = await readDomain(inside, id, 'lock');
      await own(inside).findOne({ id }).patch({ status: 'released', isPrimary: false, releasedAt: ctx.now });
      if (before.isPrimary) {
        const next = await own(inside).where({ status: 'active' }).orderBy('addedAt').first();
        if (next) await own(inside).findOne({ id: next.id }).patch({ isPrimary: true });
      }
      return this.#changed(
        inside,
        id,
        'core.domain.release',
        { status: before.status },
        { status: 'released' },
      );
    });
  }

  /**
   * Compares the store's domains with its tier: without the entitlement they are served 30 days more, then released;
   * with it again, the time limit is lifted. For a daily job; may be run any number of times.
   */
  async reconcile(ctx: StoreContext): Promise<void> {
    const may = await this.parts.entitlement.has(ctx);
    for (const { id, graceUntil } of await this.list(ctx)) {
      if (may ? graceUntil !== null : graceUntil === null) {
        await this.#setGrace(ctx, id, may ? null : new Date(ctx.now.getTime() + GRACE_DAYS * DAY_MS));
      } else if (!may && graceUntil !== null && graceUntil <= ctx.now) await this.release(ctx, id);
    }
  }

  async #setGrace(ctx: StoreContext, id: string, graceUntil: Date | null): Promise<void> {
    await this.parts.database.unit(ctx, async (inside) => {
      await own(inside).findOne({ id }).patch({ graceUntil });
      await this.#changed(inside, id, graceUntil ? 'core.domain.expire' : 'core.domain.keep', undefined, {
        graceUntil,
      });
    });
  }

  #refuseOurs(domain: string): void {
    const ours = this.parts.tenants
      .platforms()
      .find(
        (platform) =>
          platform.domain !== null && (domain === platform.domain || domain.endsWith(`.${platform.domain}`)),
      );
    if (ours)
      throw new Conflict({ reason: `'${domain}' belongs to ${ours.name}; enter a domain of your own.` });
  }

  async #changed(
    ctx: InTransaction<StoreContext>,
    id: string,
    action: string,
    from: unknown,
    to: unknown,
  ): Promise<StoreDomain> {
    const domain = await readDomain(ctx, id, undefined, 'released too');
    await this.parts.audit.record(ctx, {
      action,
      subject: { type: 'domain', id, name: domain.domain },
      from,
      to,
    });
    await this.parts.tenants.changed(ctx.tx, { kind: 'store', id: ctx.store.id });
    return domain;
  }
}

/** How to prove the ownership of a domain, for the page that tells it. */
export const domainProof = ({ domain, token }: Pick<StoreDomain, 'domain' | 'token'>) => ({
  type: 'TXT' as const,
  name: tokenRecordName(domain),
  value: token,
});

const own = (ctx: InTransaction<StoreContext>) => StoreDomain.in(ctx).where({ platformId: ctx.platform.id });

async function readDomain(
  ctx: InTransaction<StoreContext>,
  id: string,
  lock?: 'lock',
  released?: 'released too',
): Promise<StoreDomain> {
  const query = own(ctx).findOne({ id });
  const domain = await (lock ? query.forUpdate() : query);
  if (!domain || (domain.status === 'released' && !released)) throw new NotFound({ what: 'This domain' });
  return domain;
}

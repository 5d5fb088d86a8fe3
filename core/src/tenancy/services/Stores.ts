import { z } from 'zod';
import type { InTransaction } from '../../database/InTransaction.js';
import { uuidv7 } from '../../database/uuid.js';
import { Conflict, NotFound } from '../../errors/common.js';
import type { StoreStatus, TenantContext } from '../../kernel/context.js';
import { asMerchant } from '../asTenant.js';
import { takenInstead } from '../conflicts.js';
import { isGlobalPlatform } from '../globalPlatform.js';
import { StoreJoined, StoreLeft } from '../events.js';
import { Store } from '../models/Store.js';
import { StoreOnPlatform } from '../models/StoreOnPlatform.js';
import { parseInput } from '../../errors/parseInput.js';
import { subdomainSchema } from '../slugs.js';
import {
  languagesCheck,
  storeChange,
  storeInput,
  storeStatusChange,
  type StoreChange,
  type StoreInput,
  type StoreStatusChange,
} from '../tenantInputs.js';
import { joinMerchant, merchantOf } from './Merchants.js';
import { pageOf, type ListQuery, type Page } from './pageOf.js';
import { pick, withoutUndefined } from './Platforms.js';
import type { TenancyParts } from './TenancyParts.js';

/** A store in a list, as it stands on one platform. */
export interface StoreListing extends Pick<Store, 'id' | 'code' | 'name' | 'status' | 'createdAt'> {
  readonly merchantId: string;
  readonly merchantName: string;
  readonly platformId: string;
  readonly subdomain: string;
  readonly isActive: boolean;
}

/** Names that the list may be sorted by. */
export const STORE_SORTS = ['name', 'createdAt', 'merchant', 'status'] as const;

export interface StoreQuery extends ListQuery {
  readonly merchantId?: string | undefined;
  /** `left`: no longer on the platform. */
  readonly status?: StoreStatus | 'left' | undefined;
}

const taken = takenInstead({
  core_store_code_across_key: 'A store with this code exists; choose another.',
  core_store_platform_platform_id_subdomain_across_key:
    'Another store of this platform has this subdomain; choose another.',
});

/**
 * Stores of the merchant of the context, on the platform of the context.
 *
 * Administrators come here with `asMerchant(ctx, merchant)`; staff with their own context.
 */
export class Stores {
  constructor(private readonly parts: TenancyParts) {}

  /** Stores on the context's platform, or on all in the global context; by name. For administrators. */
  async list(ctx: TenantContext, query: StoreQuery = {}): Promise<Page<StoreListing>> {
    const platformId = isGlobalPlatform(ctx.platform) ? null : ctx.platform.id;
    return this.parts.database.directory(ctx, ({ tx }) =>
      pageOf<StoreListing>(tx, query, {
        select: `s.id, s.code, s.name, s.status, s.created_at as "createdAt", s.merchant_id as "merchantId", m.display_name as "merchantName",
        p.platform_id as "platformId", p.subdomain, p.is_active as "isActive"`,
        from: `core_store s join core_merchant m on m.id = s.merchant_id
        join core_store_platform p on p.merchant_id = s.merchant_id and p.store_id = s.id
        where ($1::uuid is null or p.platform_id = $1) and ($2::uuid is null or s.merchant_id = $2)
          and ($3::text is null or case when p.is_active then s.status else 'left' end = $3)`,
        values: [platformId, query.merchantId ?? null, query.status ?? null],
        search: ['s.name', 's.code', 'm.display_name'],
        order: 's.name, s.id, p.platform_id',
        sorts: { name: 's.name', createdAt: 's.created_at', merchant: 'm.display_name', status: 's.status' },
      }),
    );
  }

  /** A store of the context's merchant. @throws {NotFound} also when it is another merchant's */
  async get(ctx: TenantContext, storeId: string): Promise<Store> {
    return this.parts.database.unit(ctx, (inside) => readStore(inside, storeId));
  }

  /** Opens a store on the context's platform, whose client its merchant becomes. @throws {InvalidInput | Conflict} */
  async create(ctx: TenantContext, input: StoreInput, id: string = uuidv7(ctx.now)): Promise<Store> {
    const { subdomain, ...fields } = parseInput(storeInput, input);
    return this.parts.database.unit(asMerchant(ctx, merchantOf(ctx)), async (inside) => {
      await joinMerchant(inside, null);
      await Store.in(inside)
        .insert({
          id,
          ...fields,
          status: 'active',
          settings: {},
          createdAt: ctx.now,
          updatedAt: ctx.now,
        })
        .catch(taken);
      await this.#join(inside, id, subdomainOf({ subdomain: subdomain ?? fields.code }), true);
      await this.parts.events?.emit(inside, StoreJoined, { storeId: id });
      return this.#changed(inside, id, 'core.store.create', undefined, {
        ...fields,
        theme: fields.theme?.name ?? null,
      });
    });
  }

  /** @throws {InvalidInput} nothing is changed then */
  async update(ctx: TenantContext, storeId: string, change: StoreChange): Promise<Store> {
    const { contact, ...wanted } = parseInput(storeChange, change);
    return this.parts.database.unit(ctx, async (inside) => {
      const before = await readStore(inside, storeId, 'lock');
      const after = {
        defaultLanguage: before.defaultLanguage,
        languages: before.languages,
        ...withoutUndefined(wanted),
        ...(contact ? { settings: { ...before.settings, contact } } : {}),
      };
      parseInput(languagesCheck, { defaultLanguage: after.defaultLanguage, languages: after.languages });
      await Store.in(inside)
        .findOne({ id: storeId })
        .patch({ ...after, updatedAt: ctx.now });
      return this.#changed(
        inside,
        storeId,
        'core.store.update',
        { ...pick(before, wanted), ...(contact ? { contact: before.settings['contact'] ?? {} } : {}) },
        { ...wanted, ...(contact ? { contact } : {}) },
      );
    });
  }

  /** Opens, suspends or closes a store everywhere; a suspended one keeps its staff's sign-in. */
  async setStatus(ctx: TenantContext, storeId: string, change: StoreStatusChange): Promise<Store> {
    const { status, reason = null } = parseInput(storeStatusChange, change);
    return this.parts.database.unit(ctx, async (inside) => {
      const before = await readStore(inside, storeId, 'lock');
      await Store.in(inside)
        .findOne({ id: storeId })
        .patch({ status, statusReason: reason, updatedAt: ctx.now });
      const action = { active: 'activate', suspended: 'suspend', inactive: 'close' }[status];
      return this.#changed(
        inside,
        storeId,
        `core.store.${action}`,
        { status: before.status },
        { status, reason },
      );
    });
  }

  /** Puts a store on the context's platform too, or back on it; a store that is there stays as it is. */
  async joinPlatform(ctx: TenantContext, storeId: string, subdomain?: string): Promise<void> {
    await this.parts.database.unit(asMerchant(ctx, merchantOf(ctx)), async (inside) => {
      const store = await readStore(inside, storeId);
      const there = await onPlatform(inside, storeId);
      if (there?.isActive) return;
      if (there)
        await placesOf(inside, storeId).findOne({ platformId: ctx.platform.id }).patch({ isActive: true });
      else {
        await joinMerchant(inside, null);
        await this.#join(inside, storeId, subdomainOf({ subdomain: subdomain ?? store.code }), false);
      }
      await this.parts.events?.emit(inside, StoreJoined, { storeId });
      await this.#changed(inside, storeId, 'core.store.join', undefined, { platform: ctx.platform.code });
    });
  }

  /** Takes a store off the context's platform; its data stay, its addresses there answer 404. */
  async leavePlatform(ctx: TenantContext, storeId: string): Promise<void> {
    await this.parts.database.unit(asMerchant(ctx, merchantOf(ctx)), async (inside) => {
      await readStore(inside, storeId);
      if (!(await onPlatform(inside, storeId))?.isActive) return;
      await placesOf(inside, storeId).findOne({ platformId: ctx.platform.id }).patch({ isActive: false });
      await this.parts.events?.emit(inside, StoreLeft, { storeId });
      await this.#changed(inside, storeId, 'core.store.leave', { platform: ctx.platform.code }, undefined);
    });
  }

  /** Changes the store's host name on the context's platform; the old one is free at once. @throws {Conflict | InvalidInput} */
  async setSubdomain(ctx: TenantContext, storeId: string, subdomain: string): Promise<void> {
    const wanted = subdomainOf({ subdomain });
    await this.parts.database.unit(asMerchant(ctx, merchantOf(ctx)), async (inside) => {
      await readStore(inside, storeId);
      const before = await onPlatform(inside, storeId);
      if (!before) throw new NotFound({ what: 'This store on this platform' });
      await placesOf(inside, storeId)
        .findOne({ platformId: ctx.platform.id })
        .patch({ subdomain: wanted })
        .catch(taken);
      await this.#changed(
        inside,
        storeId,
        'core.store.readdress',
        { subdomain: before.subdomain },
        { subdomain: wanted },
      );
    });
  }

  async #join(ctx: InTransaction, storeId: string, subdomain: string, isPrimary: boolean): Promise<void> {
    if (isGlobalPlatform(ctx.platform))
      throw new Conflict({ reason: 'Choose the platform that the store is to be on.' });
    await StoreOnPlatform.inMerchant(ctx)
      .insert({
        storeId,
        platformId: ctx.platform.id,
        subdomain,
        isActive: true,
        isPrimary,
        settings: {},
        joinedAt: ctx.now,
      })
      .catch(taken);
  }

  async #changed(
    ctx: InTransaction,
    storeId: string,
    action: string,
    from: unknown,
    to: unknown,
  ): Promise<Store> {
    const store = await readStore(ctx, storeId);
    await this.parts.audit.record(ctx, {
      action,
      subject: { type: 'store', id: storeId, name: store.name },
      from,
      to,
    });
    await this.parts.tenants.changed(ctx.tx, { kind: 'store', id: storeId });
    return store;
  }
}

async function readStore(ctx: InTransaction, storeId: string, lock?: 'lock'): Promise<Store> {
  const query = Store.in(ctx).findOne({ id: storeId });
  const store = await (lock ? query.forUpdate() : query);
  if (!store) throw new NotFound({ what: 'This store' });
  return store;
}

const subdomainInput = z.object({ subdomain: subdomainSchema });

/** Checked under its own name, also where the store's code is taken for it. @throws {InvalidInput} */
const subdomainOf = (given: { readonly subdomain: string }): string =>
  parseInput(subdomainInput, given).subdomain;

const placesOf = (ctx: InTransaction, storeId: string) => StoreOnPlatform.inMerchant(ctx).where({ storeId });

const onPlatform = (ctx: InTransaction, storeId: string): Promise<StoreOnPlatform | undefined> =>
  placesOf(ctx, storeId).findOne({ platformId: ctx.platform.id }).execute();

import type { InTransaction } from '../../database/InTransaction.js';
import { uuidv7 } from '../../database/uuid.js';
import { NotFound, TenantMissing } from '../../errors/common.js';
import type { TenantContext } from '../../kernel/context.js';
import { asMerchant } from '../asTenant.js';
import { isGlobalPlatform } from '../globalPlatform.js';
import { MerchantOnPlatform } from '../models/MerchantOnPlatform.js';
import { parseInput } from '../../errors/parseInput.js';
import { merchantChange, merchantInput, type MerchantChange, type MerchantInput } from '../tenantInputs.js';
import { pageOf, type ListQuery, type Page } from './pageOf.js';
import { pick, withoutUndefined } from './Platforms.js';
import type { TenancyParts } from './TenancyParts.js';

export interface MerchantDetails {
  readonly id: string;
  readonly legalName: string;
  readonly displayName: string;
  /** ISO 3166-1, two letters. */
  readonly country: string;
  readonly address: {
    readonly line1: string;
    readonly line2: string;
    readonly postalCode: string;
    readonly city: string;
  };
  readonly vatId: string | null;
  readonly email: string;
  readonly phone: string | null;
  readonly createdAt: Date;
}

/** A merchant in a list, with what it has on the platform of the context. */
export interface MerchantListing extends Pick<
  MerchantDetails,
  'id' | 'displayName' | 'legalName' | 'country' | 'email' | 'createdAt'
> {
  /** Null without a tier, and in lists across platforms. */
  readonly tierCode: string | null;
  readonly stores: number;
  /** Platforms whose client it is, the first one first; in the context of one platform that one alone. */
  readonly platformIds: readonly string[];
}

/** Names that the list may be sorted by. */
export const MERCHANT_SORTS = ['name', 'createdAt', 'stores', 'tier', 'country'] as const;

export interface MerchantQuery extends ListQuery {
  /** Code of a tier; '' for merchants that have none. Counts on one platform only. */
  readonly tier?: string | undefined;
  /** ISO 3166-1. */
  readonly country?: string | undefined;
}

const COLUMNS = `id, legal_name as "legalName", display_name as "displayName", country, address, vat_id as "vatId", email, phone,
  created_at as "createdAt"`;

/** The provider's clients. */
export class Merchants {
  constructor(private readonly parts: TenancyParts) {}

  /** Merchants of the context's platform, or of all platforms in the global context; by name. For administrators. */
  async list(ctx: TenantContext, query: MerchantQuery = {}): Promise<Page<MerchantListing>> {
    const platformId = isGlobalPlatform(ctx.platform) ? null : ctx.platform.id;
    return this.parts.database.directory(ctx, ({ tx }) =>
      pageOf<MerchantListing>(tx, query, {
        select: `m.id, m.display_name as "displayName", m.legal_name as "legalName", m.country, m.email, m.created_at as "createdAt",
        t.tier_code as "tierCode",
        (select count(*)::int from core_store_platform p where p.merchant_id = m.id and p.is_active and ($1::uuid is null or p.platform_id = $1)) as stores,
        array(select c.platform_id::text from core_merchant_platform c where c.merchant_id = m.id and ($1::uuid is null or c.platform_id = $1) order by c.joined_at) as "platformIds"`,
        from: `core_merchant m left join core_merchant_platform t on t.merchant_id = m.id and t.platform_id = $1
        where ($1::uuid is null or t.platform_id = $1) and ($2::text is null or coalesce(t.tier_code, '') = $2)
          and ($3::text is null or m.country = $3)`,
        values: [platformId, query.tier ?? null, query.country ?? null],
        search: ['m.display_name', 'm.legal_name', 'm.email'],
        order: 'm.display_name, m.id',
        sorts: {
          name: 'm.display_name',
          createdAt: 'm.created_at',
          stores: 'stores',
          tier: 't.tier_code',
          country: 'm.country',
        },
      }),
    );
  }

  /** The merchant of the context. */
  async get(ctx: TenantContext): Promise<MerchantDetails> {
    return this.parts.database.unit(ctx, (inside) => readMerchant(inside));
  }

  /**
   * Adds a merchant as a client of the context's platform.
   *
   * @param tierCode its tier there; left out: the host's default
   */
  async create(
    ctx: TenantContext,
    input: MerchantInput,
    tierCode: string | null = null,
    id: string = uuidv7(ctx.now),
  ): Promise<MerchantDetails> {
    const fields = parseInput(merchantInput, input);
    return this.parts.database.unit(asMerchant(ctx, { id, name: fields.displayName }), async (inside) => {
      await inside.tx.query(
        `insert into core_merchant (id, legal_name, display_name, country, address, vat_id, email, phone, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)`,
        [
          id,
          fields.legalName,
          fields.displayName,
          fields.country,
          JSON.stringify(fields.address),
          fields.vatId,
          fields.email,
          fields.phone,
          ctx.now,
        ],
      );
      if (!isGlobalPlatform(ctx.platform)) await joinMerchant(inside, tierCode);
      await this.#record(inside, 'core.merchant.create', undefined, fields);
      return readMerchant(inside);
    });
  }

  /** Changes the merchant of the context. */
  async update(ctx: TenantContext, change: MerchantChange): Promise<MerchantDetails> {
    const wanted = parseInput(merchantChange, change);
    return this.parts.database.unit(ctx, async (inside) => {
      const before = await readMerchant(inside, 'for update');
      const after = { ...before, ...withoutUndefined(wanted) };
      await inside.tx.query(
        `update core_merchant set legal_name = $2, display_name = $3, country = $4, address = $5, vat_id = $6, email = $7, phone = $8, updated_at = $9
         where id = $1`,
        [
          before.id,
          after.legalName,
          after.displayName,
          after.country,
          JSON.stringify(after.address),
          after.vatId,
          after.email,
          after.phone,
          ctx.now,
        ],
      );
      await this.#record(inside, 'core.merchant.update', pick(before, wanted), wanted);
      return after;
    });
  }

  /** Makes the merchant of the context a client of its platform too. No error where it is one: its tier stays. */
  async joinPlatform(ctx: TenantContext, tierCode: string | null = null): Promise<void> {
    await this.parts.database.unit(ctx, async (inside) => {
      if (await joinMerchant(inside, tierCode))
        await this.#record(inside, 'core.merchant.join', undefined, {
          platform: ctx.platform.code,
          tierCode,
        });
    });
  }

  async #record(ctx: InTransaction, action: string, from: unknown, to: unknown): Promise<void> {
    const { id, name } = merchantOf(ctx);
    await this.parts.audit.record(ctx, { action, subject: { type: 'merchant', id, name }, from, to });
    await this.parts.tenants.changed(ctx.tx, { kind: 'merchant', id });
  }
}

/** @returns whether it was not there yet */
export async function joinMerchant(ctx: InTransaction, tierCode: string | null): Promise<boolean> {
  const known = await MerchantOnPlatform.in(ctx).findOne({ platformId: ctx.platform.id });
  if (known) return false;
  await MerchantOnPlatform.in(ctx)
    .insert({ platformId: ctx.platform.id, tierCode, joinedAt: ctx.now })
    .onConflict('platformId')
    .ignore();
  return true;
}

async function readMerchant(ctx: InTransaction, lock: 'for update' | '' = ''): Promise<MerchantDetails> {
  const [row] = await ctx.tx.query<MerchantDetails & object>(
    `select ${COLUMNS} from core_merchant where id = $1 ${lock}`,
    [merchantOf(ctx).id],
  );
  if (!row) throw new NotFound({ what: 'This merchant' });
  return row;
}

export function merchantOf(ctx: TenantContext): { readonly id: string; readonly name: string } {
  if (!ctx.merchant) throw new TenantMissing({ needed: 'merchant', where: 'Merchants and stores' });
  return ctx.merchant;
}

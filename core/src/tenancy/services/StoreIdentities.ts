import { z } from 'zod';
import type { InTransaction } from '../../database/InTransaction.js';
import { uuidv7 } from '../../database/uuid.js';
import { NotFound } from '../../errors/common.js';
import { parseInput } from '../../errors/parseInput.js';
import type { StoreContext, TenantContext } from '../../kernel/context.js';
import { takenInstead } from '../conflicts.js';
import { StoreIdentity } from '../models/StoreIdentity.js';
import type { TenancyParts } from './TenancyParts.js';

const identityInput = z.strictObject({
  provider: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,49}$/, 'Enter the code of the marketplace, for example letzshop.'),
  externalId: z.string().trim().min(1, 'Enter the id that the marketplace knows the store by.').max(200),
  slug: z.string().trim().min(1).max(200).nullable().default(null),
  name: z.string().trim().min(1).max(200).nullable().default(null),
  /** How the claim was proved, as the provider's module knows it; no secrets. */
  proof: z.record(z.string().max(100), z.json()).nullable().default(null),
});
export type StoreIdentityInput = z.input<typeof identityInput>;

/** Whose an identity at a marketplace is. */
export interface IdentityOwner {
  readonly merchantId: string;
  readonly storeId: string;
  readonly claimedAt: Date;
}

const taken = takenInstead({
  core_store_external_identity_provider_external_id_across_key:
    'Another store has claimed this shop already; it must be released there first.',
});

/** Who the store of the context is at outside marketplaces. An identity outside belongs to one store here. */
export class StoreIdentities {
  constructor(private readonly parts: TenancyParts) {}

  /** Identities of the context's store, by marketplace. */
  list(ctx: StoreContext): Promise<StoreIdentity[]> {
    return this.parts.database.unit(ctx, (inside) =>
      StoreIdentity.in(inside).orderBy(['provider', 'externalId']).execute(),
    );
  }

  /**
   * Says that the store is this one outside. Claiming what it has claimed already brings slug, name and proof up to date.
   *
   * @throws {InvalidInput} {@link Conflict} when another store has claimed it; of many at once one wins
   */
  async claim(ctx: StoreContext, input: StoreIdentityInput): Promise<StoreIdentity> {
    const identity = parseInput(identityInput, input);
    const { provider, externalId } = identity;
    return this.parts.database.unit(ctx, async (inside) => {
      const known = await StoreIdentity.in(inside).findOne({ provider, externalId }).forUpdate();
      const id = known?.id ?? uuidv7(ctx.now);
      if (known) await StoreIdentity.in(inside).findOne({ id }).patch(identity);
      else
        await StoreIdentity.in(inside)
          .insert({ id, ...identity, claimedAt: ctx.now })
          .catch(taken);
      const claimed = (await StoreIdentity.in(inside).findOne({ id })) as StoreIdentity;
      await this.#record(inside, 'core.storeIdentity.claimed', claimed, undefined, identity);
      return claimed;
    });
  }

  /** Gives an identity up; another store may claim it then. @throws {NotFound} */
  async release(ctx: StoreContext, id: string): Promise<void> {
    await this.parts.database.unit(ctx, async (inside) => {
      const known = await StoreIdentity.in(inside).findOne({ id });
      if (!known) throw new NotFound({ what: 'This identity' });
      await StoreIdentity.in(inside).findOne({ id }).delete();
      const { provider, externalId, slug, name } = known;
      await this.#record(
        inside,
        'core.storeIdentity.released',
        known,
        { provider, externalId, slug, name },
        undefined,
      );
    });
  }

  /** Whose an identity is, across all merchants; null: nobody's. The caller says no more than whether it is free. */
  async find(
    ctx: TenantContext,
    { provider, externalId }: { readonly provider: string; readonly externalId: string },
  ): Promise<IdentityOwner | null> {
    const outside: TenantContext = { ...ctx, tx: null };
    const [row] = await this.parts.database.directory(outside, ({ tx }) =>
      tx.query<{ merchantId: string; storeId: string; claimedAt: Date }>(
        `select merchant_id as "merchantId", store_id as "storeId", claimed_at as "claimedAt"
         from core_store_external_identity where provider = $1 and external_id = $2`,
        [provider, externalId],
      ),
    );
    return row ?? null;
  }

  #record(
    ctx: InTransaction<StoreContext>,
    action: string,
    { provider, externalId, name }: StoreIdentity,
    from: unknown,
    to: unknown,
  ): Promise<void> {
    const subject = { type: 'store', id: ctx.store.id, name: ctx.store.name };
    return this.parts.audit.record(ctx, {
      action,
      subject:
        name === null
          ? subject
          : { ...subject, name: `${ctx.store.name} · ${provider} ${name || externalId}` },
      from,
      to,
    });
  }
}

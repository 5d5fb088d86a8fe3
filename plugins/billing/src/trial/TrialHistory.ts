import { createHash } from 'node:crypto';
import type { Audit, Database, InTransaction, ModuleSettings, TenantContext } from '@wizamart/core';
import { uuidv7 } from '@wizamart/core';
import type { BillingSettings } from '../settings.js';
import type { ProviderUnit } from '../subscriptions/SubscriptionWriter.js';

/** By what it is seen that somebody had a trial before; only hashes of it are kept. */
export interface TrialMark {
  readonly kind: 'person' | 'vat' | 'card';
  readonly value: string;
}

/** Remembers per platform who had a trial, since every sign-up makes a new merchant. */
export class TrialHistory {
  readonly #database: Database;
  readonly #settings: ModuleSettings;
  readonly #audit: Audit;

  constructor(deps: {
    readonly database: Database;
    readonly settings: ModuleSettings;
    readonly audit: Audit;
  }) {
    this.#database = deps.database;
    this.#settings = deps.settings;
    this.#audit = deps.audit;
  }

  /** Whether somebody with one of the marks had a trial on the platform with another merchant; for the system. */
  async isKnown(ctx: TenantContext, marks: readonly TrialMark[], merchantId: string): Promise<boolean> {
    if (this.#isAllowed(ctx)) return false;
    return this.#database.unit(ctx, (inside) => anyOf(inside, marks, merchantId));
  }

  /** What is known of the account with an address: its owner may have had a trial. */
  async personOf(email: string): Promise<readonly TrialMark[]> {
    const rows = await this.#database.system((tx) =>
      tx.query<{ id: string }>('select id from core_user where email = $1', [email]),
    );
    return rows.map(({ id }) => ({ kind: 'person', value: id }));
  }

  /** Whether the context's merchant may have a trial, by its owners, its VAT id and `card`. A refusal stays, with its line in the trail. */
  async allows(
    ctx: ProviderUnit,
    { card, isRefused }: { readonly card: string | null; readonly isRefused: boolean },
  ): Promise<boolean> {
    if (this.#isAllowed(ctx)) return true;
    const { id, name } = ctx.merchant;
    const known = isRefused || (await anyOf(ctx, [...(await marksOf(ctx)), ...cardMark(card)], id));
    if (!known) return !(await anyOf(ctx, [{ kind: 'refused', value: id }]));
    if ((await write(ctx, [{ kind: 'refused', value: id }])) > 0)
      await this.#audit.record(ctx, {
        action: 'billing.trial.refused',
        subject: { type: 'merchant', id, name },
      });
    return false;
  }

  /** The context's merchant has its trial, or pays after it with a card. */
  async remember(ctx: ProviderUnit, card: string | null): Promise<void> {
    await write(ctx, [...(await marksOf(ctx)), ...cardMark(card)]);
  }

  #isAllowed(ctx: TenantContext): boolean {
    return this.#settings.of<BillingSettings>(ctx, 'billing').repeatTrials;
  }
}

type Mark = TrialMark | { readonly kind: 'refused'; readonly value: string };

const cardMark = (card: string | null): readonly TrialMark[] =>
  card === null ? [] : [{ kind: 'card', value: card }];

async function marksOf({ tx, merchant }: ProviderUnit): Promise<readonly TrialMark[]> {
  const owners = await tx.query<{ value: string }>(
    'select user_id as value from core_merchant_owner where merchant_id = $1',
    [merchant.id],
  );
  const vatIds = await tx.query<{ value: string }>(
    'select vat_id as value from core_merchant where id = $1 and vat_id is not null',
    [merchant.id],
  );
  return [
    ...owners.map(({ value }) => ({ kind: 'person', value }) as const),
    ...vatIds.map(({ value }) => ({ kind: 'vat', value }) as const),
  ];
}

/** @param except a merchant whose own marks do not count */
async function anyOf(
  { tx, platform }: InTransaction,
  marks: readonly Mark[],
  except: string | null = null,
): Promise<boolean> {
  for (const { kind, value } of marks) {
    const found = await tx.query(
      'select 1 as found from billing_trial_mark where platform_id = $1 and kind = $2 and hash = $3 and merchant_id is distinct from $4',
      [platform.id, kind, hashOf(value), except],
    );
    if (found.length > 0) return true;
  }
  return false;
}

/** @returns how many were not there yet */
async function write({ tx, platform, merchant, now }: ProviderUnit, marks: readonly Mark[]): Promise<number> {
  let written = 0;
  for (const { kind, value } of marks) {
    const rows = await tx.query(
      `insert into billing_trial_mark (id, platform_id, kind, hash, merchant_id, created_at)
       values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning id`,
      [uuidv7(now), platform.id, kind, hashOf(value), merchant.id, now],
    );
    written += rows.length;
  }
  return written;
}

const hashOf = (value: string): Buffer => createHash('sha256').update(value.replace(/\s/g, '')).digest();

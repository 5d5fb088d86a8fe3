import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import {
  type Audit,
  type Database,
  type InTransaction,
  parseInput,
  type TenantContext,
  type UploadedFile,
} from '@wizamart/core';
import { LogoRefused, SellerNotSetUp, SeriesTaken } from '../errors.js';
import type { Issuer } from '../models/InvoiceRow.js';
import { placeOf } from './issuerPlace.js';
import { type Seller, type SellerInput, sellerInput } from './sellerInput.js';

const LOGO_BYTES = 500_000;

/** A seller as it is kept, or as it would begin. */
export interface SellerSettings {
  readonly seller: Seller;
  readonly logoSha256: string | null;
}

export interface Logo {
  readonly type: string;
  readonly bytes: Buffer;
}

interface SellerRow {
  readonly details: Omit<Seller, 'series' | 'creditSeries'>;
  readonly series: string;
  readonly creditSeries: string;
  readonly logoSha256: string | null;
}

/** Legal entities that sell: each merchant's, and the provider's on each platform. */
export class Sellers {
  readonly #database: Database;
  readonly #audit: Audit;

  constructor({ database, audit }: { readonly database: Database; readonly audit: Audit }) {
    this.#database = database;
    this.#audit = audit;
  }

  /** The seller's settings; undefined until they were saved once. */
  find(ctx: TenantContext, issuer: Issuer): Promise<SellerSettings | undefined> {
    const place = placeOf(issuer);
    return this.#database.unit(ctx, async (ctx) => {
      const [row] = await ctx.tx.query<SellerRow & object>(
        `select details, series, credit_series as "creditSeries", logo_sha256 as "logoSha256"
         from ${place.sellers} where ${place.ownerColumn} = $1`,
        [place.ownerId(ctx)],
      );
      if (!row) return undefined;
      const { details, series, creditSeries, logoSha256 } = row;
      return { seller: { ...details, series, creditSeries } as Seller, logoSha256 };
    });
  }

  /** @throws {SellerNotSetUp} */
  async get(ctx: TenantContext, issuer: Issuer): Promise<SellerSettings> {
    const found = await this.find(ctx, issuer);
    if (!found) throw new SellerNotSetUp();
    return found;
  }

  /**
   * Saves all settings; invoices that have a number keep what they say.
   *
   * @throws {SeriesTaken} when another platform of the provider's legal entity has the series
   */
  save(ctx: TenantContext, issuer: Issuer, input: SellerInput): Promise<SellerSettings> {
    const seller = parseInput(sellerInput, input);
    const { series, creditSeries, ...details } = seller;
    const place = placeOf(issuer);
    return this.#database.unit(ctx, async (ctx) => {
      const before = await this.find(ctx, issuer);
      await ctx.tx
        .query(
          `insert into ${place.sellers} (${place.ownerColumn}, details, series, credit_series, updated_at)
         values ($1, $2, $3, $4, $5) on conflict (${place.ownerColumn}) do update
         set details = excluded.details, series = excluded.series, credit_series = excluded.credit_series, updated_at = excluded.updated_at`,
          [place.ownerId(ctx), JSON.stringify(details), series, creditSeries, ctx.now],
        )
        .catch((error: unknown) => {
          throw seriesTaken(error, seller) ?? error;
        });
      await this.#record(ctx, issuer, 'settings_saved', before?.seller, seller);
      return { seller, logoSha256: before?.logoSha256 ?? null };
    });
  }

  /** What new settings begin with: what is known of the merchant. */
  async suggest(ctx: TenantContext): Promise<Partial<SellerInput>> {
    const [row] = await this.#database.unit(ctx, ({ tx }) =>
      tx.query<Pick<Seller, 'legalName' | 'address' | 'vatId' | 'email' | 'phone'> & { country: string }>(
        `select legal_name as "legalName", address, country, vat_id as "vatId", email, phone from core_merchant where id = $1`,
        [ctx.merchant?.id ?? null],
      ),
    );
    if (!row) return {};
    const { country, address, ...rest } = row;
    return { ...rest, address: { ...address, country } };
  }

  /**
   * Sets the picture that is printed on invoices from now on.
   *
   * @throws {LogoRefused} {@link SellerNotSetUp}
   */
  async setLogo(
    ctx: TenantContext,
    issuer: Issuer,
    upload: UploadedFile | undefined,
  ): Promise<SellerSettings> {
    const type = upload?.type?.mime;
    if (!upload || (type !== 'image/png' && type !== 'image/jpeg') || upload.bytes > LOGO_BYTES)
      throw new LogoRefused();
    const bytes = await readFile(upload.path);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return this.#useLogo(ctx, issuer, { sha256, type, bytes });
  }

  /** Invoices from now on have no picture. */
  removeLogo(ctx: TenantContext, issuer: Issuer): Promise<SellerSettings> {
    return this.#useLogo(ctx, issuer, null);
  }

  /** A picture that was set at some time. */
  logo(ctx: TenantContext, issuer: Issuer, sha256: string): Promise<Logo | undefined> {
    const place = placeOf(issuer);
    return this.#database.unit(ctx, async ({ tx }) => {
      const [row] = await tx.query<Logo & object>(
        `select type, bytes from ${place.logos} where ${place.ownerColumn} = $1 and sha256 = $2`,
        [place.ownerId(ctx), sha256],
      );
      return row;
    });
  }

  #useLogo(
    ctx: TenantContext,
    issuer: Issuer,
    logo: (Logo & { sha256: string }) | null,
  ): Promise<SellerSettings> {
    const place = placeOf(issuer);
    return this.#database.unit(ctx, async (ctx) => {
      const before = await this.get(ctx, issuer);
      if (logo)
        await ctx.tx.query(
          `insert into ${place.logos} (${place.ownerColumn}, sha256, type, bytes) values ($1, $2, $3, $4) on conflict do nothing`,
          [place.ownerId(ctx), logo.sha256, logo.type, logo.bytes],
        );
      const logoSha256 = logo?.sha256 ?? null;
      await ctx.tx.query(
        `update ${place.sellers} set logo_sha256 = $2, updated_at = $3 where ${place.ownerColumn} = $1`,
        [place.ownerId(ctx), logoSha256, ctx.now],
      );
      await this.#record(ctx, issuer, 'logo_changed', { logoSha256: before.logoSha256 }, { logoSha256 });
      return { ...before, logoSha256 };
    });
  }

  async #record(ctx: InTransaction, issuer: Issuer, what: string, from: unknown, to: unknown): Promise<void> {
    const place = placeOf(issuer);
    await this.#audit.record(ctx, {
      action: `billing.invoicing.${what}`,
      subject: { type: `billing.${issuer}_seller`, id: place.ownerId(ctx) },
      from: from as Record<string, unknown>,
      to: to as Record<string, unknown>,
    });
  }
}

const SERIES_KEYS = {
  billing_provider_seller_series_key: 'series',
  billing_provider_seller_credit_series_key: 'creditSeries',
} as const;

function seriesTaken(error: unknown, seller: Seller): Error | undefined {
  const { constraint } = error as { constraint?: keyof typeof SERIES_KEYS };
  const field = constraint && SERIES_KEYS[constraint];
  return field && new SeriesTaken({ field, series: seller[field] });
}

import type { InTransaction, TenantContext } from '@wizamart/core';
import { decideVat } from '../vat/decideVat.js';
import type { VatDecision, VatQuestion } from '../vat/types.js';
import type { VatIdCheck, VatIds } from '../vat/vies/VatIds.js';
import type { Draft } from './invoiceInput.js';
import type { Issuer } from './models/InvoiceRow.js';
import { placeOf } from './sellers/issuerPlace.js';
import type { Seller } from './sellers/sellerInput.js';
import { halfUp, readDecimal, whole } from './sums.js';
import { taxDraft } from './taxDraft.js';

type Taxable = Pick<
  Draft,
  'buyer' | 'supply' | 'supplyOn' | 'priceMode' | 'allowanceMinor' | 'exchangeRate' | 'lines'
>;

export interface Treated {
  readonly question: VatQuestion;
  readonly decision: VatDecision;
}

/** Decides the VAT of drafts: gathers what the rules want to know. */
export class Treatments {
  readonly #vatIds: VatIds;

  constructor({ vatIds }: { readonly vatIds: VatIds }) {
    this.#vatIds = vatIds;
  }

  /** What is known of the buyer's VAT id, where it matters; asks VIES: not inside a unit of work. */
  async check(
    ctx: TenantContext,
    seller: Seller,
    { buyer }: Pick<Draft, 'buyer'>,
  ): Promise<VatIdCheck | null> {
    if (!buyer.isBusiness || !buyer.vatId || buyer.address.country === seller.address.country) return null;
    return this.#vatIds.check(ctx, buyer.vatId, seller.vatId);
  }

  /** Decides inside a unit of work; makes other sales of the same year wait where the threshold may matter. */
  async decide(
    ctx: InTransaction,
    issuer: Issuer,
    seller: Seller,
    draft: Taxable,
    check: VatIdCheck | null,
  ): Promise<Treated> {
    const asked = questionOf(seller, draft, check);
    const first = decideVat(asked);
    if (!first.countsForThreshold || seller.hasOssOptIn) return { question: asked, decision: first };
    // The size of the sale is what it would be at the seller's own rate: that of the destination depends on the answer.
    const { sums } = taxDraft(draft, first);
    const year = Number(draft.supplyOn.slice(0, 4));
    const question = {
      ...asked,
      crossBorder: {
        lastYearMinor: (await totalOf(ctx, issuer, year - 1)) + elsewhere(seller, year - 1),
        thisYearMinor: (await totalOf(ctx, issuer, year, 'for update')) + elsewhere(seller, year),
        thisSaleMinor: inEuro(sums.netMinor, draft.exchangeRate),
      },
    };
    return { question, decision: decideVat(question) };
  }

  /** Adds a sale that was made to the total of its year; below 0 takes back. */
  async count(ctx: InTransaction, issuer: Issuer, supplyOn: string, netEuroMinor: number): Promise<void> {
    const place = placeOf(issuer);
    await ctx.tx.query(
      `insert into ${place.totals} as t (${place.ownerColumn}, year, net_minor) values ($1, $2, $3)
       on conflict (${place.ownerColumn}, year) do update set net_minor = t.net_minor + excluded.net_minor`,
      [place.ownerId(ctx), Number(supplyOn.slice(0, 4)), netEuroMinor],
    );
  }
}

/** An amount in euro cents; the rate is euros for one unit. */
export function inEuro(amountMinor: number, exchangeRate: string | null): number {
  if (exchangeRate === null) return amountMinor;
  const { value, scale } = readDecimal(exchangeRate);
  return whole(halfUp(BigInt(amountMinor) * value, scale));
}

function questionOf(
  seller: Seller,
  { buyer, supply, supplyOn }: Taxable,
  check: VatIdCheck | null,
): VatQuestion {
  return {
    seller: {
      country: seller.address.country,
      postalCode: seller.address.postalCode,
      vatId: seller.vatId,
      isSmallBusiness: seller.isSmallBusiness,
      hasOssOptIn: seller.hasOssOptIn,
    },
    buyer: {
      country: buyer.address.country,
      postalCode: buyer.address.postalCode,
      isBusiness: buyer.isBusiness,
      vatId: buyer.vatId,
      vatIdStatus: check?.status ?? 'none',
    },
    supply,
    supplyOn,
    crossBorder: { lastYearMinor: 0, thisYearMinor: 0, thisSaleMinor: 0 },
  };
}

const elsewhere = ({ crossBorderElsewhere }: Seller, year: number): number =>
  crossBorderElsewhere.filter((one) => one.year === year).reduce((sum, { netMinor }) => sum + netMinor, 0);

async function totalOf(
  ctx: InTransaction,
  issuer: Issuer,
  year: number,
  lock: '' | 'for update' = '',
): Promise<number> {
  const place = placeOf(issuer);
  const key = [place.ownerId(ctx), year];
  if (lock)
    await ctx.tx.query(
      `insert into ${place.totals} (${place.ownerColumn}, year, net_minor) values ($1, $2, 0) on conflict do nothing`,
      key,
    );
  const [row] = await ctx.tx.query<{ netMinor: number }>(
    `select net_minor as "netMinor" from ${place.totals} where ${place.ownerColumn} = $1 and year = $2 ${lock}`,
    key,
  );
  return row?.netMinor ?? 0;
}

import { RATE_VERSION } from './data/rates.js';
import { countryOfPrefix } from './data/memberStates.js';
import { zoneOf, type Zone } from './data/zoneOf.js';
import { SellerOutsideVatArea } from './errors.js';
import type { VatDecision, VatQuestion } from './types.js';

/** Total of distance sales to consumers in other member states up to which the seller's own rates may be charged: Art. 59c. */
export const THRESHOLD_MINOR = 1_000_000;

const MENTIONED = {
  reverse_charge: { category: 'AE', exemptionCode: 'VATEX-EU-AE' },
  intra_community: { category: 'K', exemptionCode: 'VATEX-EU-IC' },
  export: { category: 'G', exemptionCode: 'VATEX-EU-G' },
  outside_scope: { category: 'O', exemptionCode: 'VATEX-EU-O' },
  small_business: { category: 'E', exemptionCode: null },
} as const;

/**
 * Decides how a sale is taxed. Pure: the same question gets the same answer as long as the tables stand.
 *
 * A business whose VAT id could not be checked gets the treatment that a valid one would have, marked `waitsFor`: it must
 * not be invoiced like that.
 *
 * @throws {SellerOutsideVatArea}
 */
export function decideVat(question: VatQuestion): VatDecision {
  const { seller, buyer, supply } = question;
  const from = zoneOf(seller);
  if (from.rateZone === null || from.country === 'XI')
    throw new SellerOutsideVatArea({ country: seller.country });
  if (seller.isSmallBusiness) return untaxed('small_business', 'small-business');
  const to = zoneOf(buyer);
  const inside = supply === 'goods' ? to.goods : to.services;
  if (!inside)
    return supply === 'goods'
      ? untaxed('export', 'outside-eu-goods')
      : untaxed('outside_scope', 'outside-eu-services');
  if (to.country === from.country) {
    // Services to a business count where the seller's VAT is charged; parts with rates of their own follow the buyer.
    return taxed('domestic', to.rateZone ?? from.rateZone, 'domestic');
  }
  return betweenMemberStates(question, from, to);
}

function betweenMemberStates(question: VatQuestion, from: Zone, to: Zone): VatDecision {
  const { buyer, supply } = question;
  const own = from.rateZone as string;
  if (mayShiftTax(buyer, from)) {
    const waitsFor = buyer.vatIdStatus === 'unknown' ? 'vies' : null;
    return supply === 'goods'
      ? { ...untaxed('intra_community', 'eu-business-goods'), waitsFor }
      : { ...untaxed('reverse_charge', 'eu-business-services'), waitsFor };
  }
  if (supply === 'services') return taxed('seller_rate', own, 'eu-consumer-services-at-seller');
  const counted = { countsForThreshold: true };
  const why = destinationReason(question);
  return why
    ? { ...taxed('oss', to.rateZone as string, why), ...counted, mentions: ['oss'] }
    : { ...taxed('seller_rate', own, 'eu-consumer-below-threshold'), ...counted };
}

/** A business with a VAT id of another state than the seller's: Art. 138 (1), Art. 44 with Art. 196. */
function mayShiftTax({ isBusiness, vatId, vatIdStatus }: VatQuestion['buyer'], from: Zone): boolean {
  if (!isBusiness || !vatId || vatIdStatus === 'invalid' || vatIdStatus === 'none') return false;
  return countryOfPrefix(vatId.slice(0, 2)) !== from.country;
}

function destinationReason({ seller, crossBorder }: VatQuestion): string | undefined {
  if (seller.hasOssOptIn) return 'eu-consumer-oss-opt-in';
  if (crossBorder.lastYearMinor > THRESHOLD_MINOR) return 'eu-consumer-above-threshold-last-year';
  if (crossBorder.thisYearMinor > THRESHOLD_MINOR) return 'eu-consumer-above-threshold-this-year';
  return crossBorder.thisYearMinor + crossBorder.thisSaleMinor > THRESHOLD_MINOR
    ? 'eu-consumer-crossing-threshold'
    : undefined;
}

const common = { rateVersion: RATE_VERSION, waitsFor: null, countsForThreshold: false } as const;

const taxed = (
  treatment: 'domestic' | 'seller_rate' | 'oss',
  rateZone: string,
  rule: string,
): VatDecision => ({
  ...common,
  treatment,
  category: 'S',
  rateZone,
  mentions: [],
  exemptionCode: null,
  rule,
});

const untaxed = (treatment: keyof typeof MENTIONED, rule: string): VatDecision => ({
  ...common,
  treatment,
  ...MENTIONED[treatment],
  rateZone: null,
  mentions: [treatment],
  rule,
});

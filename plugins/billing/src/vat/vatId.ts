import jsvat, { type Country } from 'jsvat';
import { isMemberState, countryOfPrefix } from './data/memberStates.js';
import { VatIdInvalid } from './errors.js';

const { checkVAT } = jsvat;

const CHECKED: readonly Country[] = [
  jsvat.austria,
  jsvat.belgium,
  jsvat.bulgaria,
  jsvat.croatia,
  jsvat.cyprus,
  jsvat.czechRepublic,
  jsvat.denmark,
  jsvat.estonia,
  jsvat.finland,
  jsvat.france,
  jsvat.germany,
  jsvat.greece,
  jsvat.hungary,
  jsvat.ireland,
  jsvat.italy,
  jsvat.latvia,
  jsvat.lithuania,
  jsvat.luxembourg,
  jsvat.malta,
  jsvat.netherlands,
  jsvat.poland,
  jsvat.portugal,
  jsvat.romania,
  jsvat.slovakiaRepublic,
  jsvat.slovenia,
  jsvat.spain,
  jsvat.sweden,
  jsvat.unitedKingdom,
];

/** Whether a VAT id of the EU or of Northern Ireland (XI) has the right form and check digits. */
export function isVatId(vatId: string): boolean {
  const prefix = vatId.slice(0, 2);
  if (prefix !== 'XI' && !isMemberState(countryOfPrefix(prefix))) return false;
  // Numbers of Northern Ireland are those of the United Kingdom under another name.
  return checkVAT(prefix === 'XI' ? `GB${vatId.slice(2)}` : vatId, CHECKED).isValid;
}

/** A VAT id as it is kept: capitals, without spaces, dots and dashes. */
export const normaliseVatId = (typed: string): string => typed.toUpperCase().replace(/[\s.\-/]/g, '');

/** @throws {VatIdInvalid} */
export function readVatId(typed: string, path?: string): string {
  const vatId = normaliseVatId(typed);
  if (!isVatId(vatId)) throw new VatIdInvalid({ vatId: typed, ...(path === undefined ? {} : { path }) });
  return vatId;
}

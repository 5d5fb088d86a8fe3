import { createRequire } from 'node:module';
import type { Country, default as Jsvat } from 'jsvat';
import { isMemberState, countryOfPrefix } from './data/memberStates.js';
import { VatIdInvalid } from './errors.js';

const require = createRequire(import.meta.url);
let checker: ((vatId: string) => boolean) | undefined;

/** Form and check digits; what knows them is loaded for the first VAT id, not at every start. */
const holds = (vatId: string): boolean => (checker ??= makeChecker())(vatId);

function makeChecker(): (vatId: string) => boolean {
  const jsvat = require('jsvat') as typeof Jsvat;
  const checked: readonly Country[] = [
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
  return (vatId) => jsvat.checkVAT(vatId, checked).isValid;
}

/** Whether a VAT id of the EU or of Northern Ireland (XI) has the right form and check digits. */
export function isVatId(vatId: string): boolean {
  const prefix = vatId.slice(0, 2);
  if (prefix !== 'XI' && !isMemberState(countryOfPrefix(prefix))) return false;
  // Numbers of Northern Ireland are those of the United Kingdom under another name.
  return holds(prefix === 'XI' ? `GB${vatId.slice(2)}` : vatId);
}

/** A VAT id as it is kept: capitals, without spaces, dots and dashes. */
export const normaliseVatId = (typed: string): string => typed.toUpperCase().replace(/[\s.\-/]/g, '');

/** @throws {VatIdInvalid} */
export function readVatId(typed: string, path?: string): string {
  const vatId = normaliseVatId(typed);
  if (!isVatId(vatId)) throw new VatIdInvalid({ vatId: typed, ...(path === undefined ? {} : { path }) });
  return vatId;
}

import type { Language } from '@wizamart/core';
import { MEMBER_STATES } from '../../vat/data/memberStates.js';
import { countryName } from '../pdf/formats.js';

/** ISO 3166-1, and XI for Northern Ireland, whose goods count as the EU's. */
const CODES =
  'AD AE AF AG AI AL AM AO AR AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CD CF CG CH CI CK CL CM CN CO CR CU CV CW CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VI VN VU WF WS XI XK YE YT ZA ZM ZW'.split(
    ' ',
  );

interface Choice {
  readonly value: string;
  readonly label: string;
}

const choices = new Map<Language, readonly Choice[]>();

/** Countries that a buyer may be in, by name. */
export function countryChoices(language: Language): readonly Choice[] {
  let known = choices.get(language);
  if (!known) choices.set(language, (known = namesOf(CODES, language)));
  return known;
}

/** Member states: where sellers are. */
export const memberStateChoices = (language: Language): readonly Choice[] => namesOf(MEMBER_STATES, language);

const namesOf = (codes: readonly string[], language: Language): Choice[] =>
  codes
    .map((value) => ({ value, label: countryName(value, language) }))
    .sort((a, b) => a.label.localeCompare(b.label, language));

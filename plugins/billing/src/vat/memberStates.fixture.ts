/**
 * What the test of the treatment table expects, written down apart from the engine's own tables: standard rates on
 * 2026-08-22 as the specification lists them, a VAT id with right check digits, and a place outside the VAT area.
 */
export interface MemberStateCase {
  readonly country: string;
  readonly standard: string;
  readonly vatId: string;
  readonly source: string;
}

const TEDB = 'European Commission, Taxes in Europe Database: standard rate';

const state = (country: string, standard: string, vatId: string, source = TEDB): MemberStateCase => ({
  country,
  standard,
  vatId,
  source,
});

export const MEMBER_STATE_CASES: readonly MemberStateCase[] = [
  state('AT', '20', 'ATU13585627', '§ 10 (1) UStG'),
  state('BE', '21', 'BE0428759497', 'Arrêté royal n° 20'),
  state('BG', '20', 'BG131202360', 'VAT Act Art. 66'),
  state('CY', '19', 'CY10259033P', 'VAT Law 95(I)/2000'),
  state('CZ', '21', 'CZ25123891', 'Act 235/2004 § 47'),
  state('DE', '19', 'DE811907980', '§ 12 (1) UStG'),
  state('DK', '25', 'DK13585628', 'Momsloven § 33'),
  state('EE', '24', 'EE100931558', 'Käibemaksuseadus § 15, from 2025-07-01'),
  state('ES', '21', 'ESA13585625', 'Ley 37/1992 Art. 90'),
  state('FI', '25.5', 'FI20774740', 'Arvonlisäverolaki § 84, from 2024-09-01'),
  state('FR', '20', 'FR40303265045', 'CGI Art. 278'),
  state('GR', '24', 'EL094259216', 'VAT Code Art. 21'),
  state('HR', '25', 'HR33392005961', 'Zakon o PDV-u čl. 38'),
  state('HU', '27', 'HU12892312', 'Áfa tv. § 82'),
  state('IE', '23', 'IE6433435F', 'VAT Consolidation Act 2010 s. 46'),
  state('IT', '22', 'IT00743110157', 'DPR 633/72 Art. 16'),
  state('LT', '21', 'LT119511515', 'PVM įstatymas 19 str.'),
  state('LU', '17', 'LU26375245', 'Loi TVA art. 39'),
  state('LV', '21', 'LV40003521600', 'PVN likums 41. pants'),
  state('MT', '18', 'MT11679112', 'VAT Act Cap. 406'),
  state('NL', '21', 'NL004495445B01', 'Wet OB 1968 art. 9'),
  state('PL', '23', 'PL8567346215', 'Ustawa o VAT art. 146ea/146ef'),
  state('PT', '23', 'PT501964843', 'CIVA Art. 18'),
  state('RO', '21', 'RO18547290', 'Cod fiscal Art. 291, from 2025-08-01'),
  state('SE', '25', 'SE123456789701', 'Mervärdesskattelagen'),
  state('SI', '22', 'SI50223054', 'ZDDV-1 41. člen'),
  state('SK', '23', 'SK2022749619', 'Act 222/2004 § 27, from 2025-01-01'),
];

/** Addresses that look like a member state and are outside its VAT area. */
export const OUTSIDE_TERRITORIES = [
  ['ES', '35001', 'Canary Islands'],
  ['ES', '38001', 'Canary Islands'],
  ['ES', '51001', 'Ceuta'],
  ['ES', '52001', 'Melilla'],
  ['FI', '22100', 'Åland'],
  ['FI', 'AX-22100', 'Åland'],
  ['IT', '23041', 'Livigno'],
  ['IT', 'I-22061', 'Campione d’Italia'],
  ['DE', '78266', 'Büsingen'],
  ['DE', 'D-27498', 'Heligoland'],
  ['GR', '630 86', 'Mount Athos'],
  ['FR', '97400', 'French overseas departments and collectivities'],
] as const;

import type { TaxClass } from '../types.js';

/** Changes whenever a row below does; kept with every decision. */
export const RATE_VERSION = '2026-11-20';

/** One rate of one country from a day on, until the next row of the same country and class. */
export interface RateRow {
  /** ISO 3166-1 (GR, not EL), XI, or a part of a country with rates of its own (`PT-20`). */
  readonly zone: string;
  readonly taxClass: TaxClass;
  /** Percent as a decimal; null: this class ends. */
  readonly rate: string | null;
  /** First day, `yyyy-mm-dd`. */
  readonly from: string;
  readonly source: string;
}

const START = '2019-01-01';
const LIST = 'European Commission: VAT rates applied in the Member States (Taxes in Europe Database)';

type Change = readonly [from: string, rate: string | null, source?: string];

const rows = (zone: string, taxClass: TaxClass, ...changes: readonly Change[]): RateRow[] =>
  changes.map(([from, rate, source = LIST]) => ({ zone, taxClass, rate, from, source }));

const since = (zone: string, classes: Partial<Record<TaxClass, string>>): RateRow[] =>
  Object.entries(classes).flatMap(([taxClass, rate]) => rows(zone, taxClass as TaxClass, [START, rate]));

const LU_2023 = 'Luxembourg: law of 26 October 2022 (VAT one point lower in 2023)';
const DE_2020 = 'Germany: Zweites Corona-Steuerhilfegesetz, § 28 UStG';
const EE_2025 = 'Estonia: Käibemaksuseadus, security tax act';
const SK_2025 = 'Slovakia: act 278/2024 (consolidation)';
const RO_2025 = 'Romania: Law 141/2025';
const CZ_2024 = 'Czech Republic: act 349/2023 (consolidation package)';
const LT_2026 = 'Lithuania: VAT law as amended in 2025';
const FI_2026 = 'Finland: budget acts for 2026';

/** Rates of the member states since 2019; the day of supply picks the row. */
export const RATE_ROWS: readonly RateRow[] = [
  ...since('AT', { standard: '20', intermediate: '13', reduced: '10' }),
  ...since('BE', { standard: '21', intermediate: '12', reduced: '6' }),
  ...since('BG', { standard: '20', reduced: '9' }),
  ...since('CY', { standard: '19', reduced: '9', reduced_low: '5' }),
  ...rows('CY', 'super_reduced', ['2023-08-01', '3']),
  ...since('CZ', { standard: '21' }),
  ...rows('CZ', 'reduced', [START, '15'], ['2024-01-01', '12', CZ_2024]),
  ...rows('CZ', 'reduced_low', [START, '10'], ['2024-01-01', null, CZ_2024]),
  ...rows('DE', 'standard', [START, '19'], ['2020-07-01', '16', DE_2020], ['2021-01-01', '19', DE_2020]),
  ...rows('DE', 'reduced', [START, '7'], ['2020-07-01', '5', DE_2020], ['2021-01-01', '7', DE_2020]),
  ...since('DK', { standard: '25' }),
  ...rows('EE', 'standard', [START, '20'], ['2024-01-01', '22', EE_2025], ['2025-07-01', '24', EE_2025]),
  ...rows('EE', 'intermediate', ['2025-01-01', '13', EE_2025]),
  ...since('EE', { reduced: '9' }),
  ...since('ES', { standard: '21', reduced: '10', super_reduced: '4' }),
  ...rows('FI', 'standard', [START, '24'], ['2024-09-01', '25.5', 'Finland: act 2024 on the standard rate']),
  ...rows('FI', 'reduced', [START, '14'], ['2026-01-01', '13.5', FI_2026]),
  ...since('FI', { reduced_low: '10' }),
  ...since('FR', { standard: '20', reduced: '10', reduced_low: '5.5', super_reduced: '2.1' }),
  ...since('GR', { standard: '24', reduced: '13', reduced_low: '6' }),
  ...since('HR', { standard: '25', reduced: '13', reduced_low: '5' }),
  ...since('HU', { standard: '27', reduced: '18', reduced_low: '5' }),
  ...rows(
    'IE',
    'standard',
    [START, '23'],
    ['2020-09-01', '21', 'Ireland: July stimulus, Financial Provisions (Covid-19) (No. 2) Act 2020'],
    ['2021-03-01', '23', 'Ireland: Financial Provisions (Covid-19) (No. 2) Act 2020'],
  ),
  ...since('IE', { reduced: '13.5', reduced_low: '9', super_reduced: '4.8' }),
  ...since('IT', { standard: '22', reduced: '10', reduced_low: '5', super_reduced: '4' }),
  ...since('LT', { standard: '21', reduced_low: '5' }),
  ...rows('LT', 'reduced', [START, '9'], ['2026-01-01', '12', LT_2026]),
  ...rows('LU', 'standard', [START, '17'], ['2023-01-01', '16', LU_2023], ['2024-01-01', '17', LU_2023]),
  ...rows('LU', 'intermediate', [START, '14'], ['2023-01-01', '13', LU_2023], ['2024-01-01', '14', LU_2023]),
  ...rows('LU', 'reduced', [START, '8'], ['2023-01-01', '7', LU_2023], ['2024-01-01', '8', LU_2023]),
  ...since('LU', { super_reduced: '3' }),
  ...since('LV', { standard: '21', reduced: '12', reduced_low: '5' }),
  ...since('MT', { standard: '18', reduced: '7', reduced_low: '5' }),
  ...rows('MT', 'intermediate', ['2024-01-01', '12']),
  ...since('NL', { standard: '21', reduced: '9' }),
  ...since('PL', { standard: '23', reduced: '8', reduced_low: '5' }),
  ...since('PT', { standard: '23', reduced: '13', reduced_low: '6' }),
  ...rows('RO', 'standard', [START, '19'], ['2025-08-01', '21', RO_2025]),
  ...rows('RO', 'reduced', [START, '9'], ['2025-08-01', '11', RO_2025]),
  ...rows('RO', 'reduced_low', [START, '5'], ['2025-08-01', null, RO_2025]),
  ...since('SE', { standard: '25', reduced: '12', reduced_low: '6' }),
  ...since('SI', { standard: '22', reduced: '9.5', reduced_low: '5' }),
  ...rows('SK', 'standard', [START, '20'], ['2025-01-01', '23', SK_2025]),
  ...rows('SK', 'reduced', [START, '10'], ['2025-01-01', '19', SK_2025]),
  ...rows('SK', 'reduced_low', ['2023-01-01', '5', SK_2025]),
  // Parts of countries inside the VAT area with rates of their own (Art. 104, 105 of the Directive).
  ...rows('AT-6691', 'standard', [START, '19', 'Austria: § 10 (4) UStG (Jungholz, Mittelberg); Art. 104']),
  ...rows('PT-20', 'standard', [START, '18'], ['2021-07-01', '16', 'Portugal: Azores, Art. 105 (2)']),
  ...rows('PT-20', 'reduced', [START, '9', 'Portugal: Azores, Art. 105 (2)']),
  ...rows('PT-20', 'reduced_low', [START, '4', 'Portugal: Azores, Art. 105 (2)']),
  ...rows('PT-30', 'standard', [START, '22', 'Portugal: Madeira, Art. 105 (2)']),
  ...rows('PT-30', 'reduced', [START, '12', 'Portugal: Madeira, Art. 105 (2)']),
  ...rows('PT-30', 'reduced_low', [START, '5'], ['2024-10-01', '4', 'Portugal: Madeira, Art. 105 (2)']),
  ...rows('XI', 'standard', [START, '20', 'United Kingdom: Value Added Tax Act 1994, s. 2']),
  ...rows('XI', 'reduced', [START, '5', 'United Kingdom: Value Added Tax Act 1994, s. 29A']),
];

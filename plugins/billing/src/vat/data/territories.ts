/** A part of a country that VAT treats otherwise than the rest. */
export interface Territory {
  readonly name: string;
  /** ISO 3166-1 code of the country in addresses. */
  readonly country: string;
  /** Postal codes, without spaces and prefix of the country. */
  readonly postalCode: RegExp;
  /** What it counts as: outside the VAT area (null), or a zone with rates of its own. */
  readonly zone: string | null;
  readonly source: string;
}

const outside = (country: string, postalCode: RegExp, name: string, source: string): Territory => ({
  country,
  postalCode,
  name,
  zone: null,
  source,
});

const DIRECTIVE = 'Directive 2006/112/EC';

/** Parts of member states outside the VAT area, or with rates of their own. First match counts. */
export const TERRITORIES: readonly Territory[] = [
  outside('ES', /^(35|38)\d{3}$/, 'Canary Islands', `${DIRECTIVE} Art. 6 (1) (b)`),
  outside('ES', /^51\d{3}$/, 'Ceuta', `${DIRECTIVE} Art. 6 (2) (c)`),
  outside('ES', /^52\d{3}$/, 'Melilla', `${DIRECTIVE} Art. 6 (2) (d)`),
  outside('FI', /^22\d{3}$/, 'Åland', `${DIRECTIVE} Art. 6 (1) (d)`),
  outside('IT', /^23041$/, 'Livigno', `${DIRECTIVE} Art. 6 (2) (e)`),
  outside(
    'IT',
    /^22061$/,
    'Campione d’Italia',
    `${DIRECTIVE} Art. 6 (1) (f), since 2020 by Directive (EU) 2019/475`,
  ),
  outside('DE', /^78266$/, 'Büsingen', `${DIRECTIVE} Art. 6 (2) (b)`),
  outside('DE', /^27498$/, 'Heligoland', `${DIRECTIVE} Art. 6 (2) (a)`),
  outside('GR', /^6308[67]$/, 'Mount Athos', `${DIRECTIVE} Art. 6 (1) (a)`),
  outside(
    'FR',
    /^97[1-8]\d{2}$/,
    'French overseas departments and collectivities',
    `${DIRECTIVE} Art. 6 (1) (c), TFEU Art. 349, 355 (1)`,
  ),
  outside(
    'FR',
    /^98[4-9]\d{2}$/,
    'French Polynesia, New Caledonia, Wallis and Futuna',
    `${DIRECTIVE} Art. 5, TFEU Art. 355 (2)`,
  ),
  outside(
    'CY',
    /^99\d{2,3}$/,
    'Areas not under the control of the Republic of Cyprus',
    'Protocol 10 to the Act of Accession 2003',
  ),
  {
    country: 'AT',
    postalCode: /^(6691|699[1-3])$/,
    name: 'Jungholz, Mittelberg',
    zone: 'AT-6691',
    source: `${DIRECTIVE} Art. 104`,
  },
  {
    country: 'PT',
    postalCode: /^(9[5-9])\d{2}/,
    name: 'Azores',
    zone: 'PT-20',
    source: `${DIRECTIVE} Art. 105 (2)`,
  },
  {
    country: 'PT',
    postalCode: /^(9[0-4])\d{2}/,
    name: 'Madeira',
    zone: 'PT-30',
    source: `${DIRECTIVE} Art. 105 (2)`,
  },
  // Inside for goods only: Protocol on Ireland/Northern Ireland (Windsor Framework), Art. 8.
  {
    country: 'GB',
    postalCode: /^BT\d/,
    name: 'Northern Ireland',
    zone: 'XI',
    source: 'Windsor Framework Art. 8',
  },
];

/** Places that addresses name by a code of their own although VAT counts them to a country (Art. 7). */
export const COUNTS_AS: ReadonlyMap<string, string> = new Map([
  ['MC', 'FR'],
  ['EL', 'GR'],
]);

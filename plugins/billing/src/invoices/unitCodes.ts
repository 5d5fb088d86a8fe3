/**
 * Units of quantities that may stand on an invoice: those of UN/ECE Recommendations 20 and 21 that shops use. EN 16931
 * refuses others.
 */
export const UNIT_CODES: ReadonlySet<string> = new Set([
  // Pieces and packages
  ...['C62', 'H87', 'EA', 'NAR', 'PR', 'SET', 'DZN', 'XBG', 'XBO', 'XBX', 'XCT', 'XPA', 'XPK'],
  // Time and work
  ...['SEC', 'MIN', 'HUR', 'DAY', 'WEE', 'MON', 'QAN', 'ANN', 'ACT', 'E48', 'E49', 'LS', 'HEA', 'IE'],
  // Length, area, volume
  ...[
    'MMT',
    'CMT',
    'MTR',
    'KMT',
    'INH',
    'FOT',
    'YRD',
    'SMI',
    'CMK',
    'MTK',
    'MTQ',
    'MLT',
    'CLT',
    'LTR',
    'HLT',
  ],
  // Weight
  ...['MGM', 'GRM', 'KGM', 'TNE', 'ONZ', 'LBR'],
  // Energy, data, shares
  ...['WTT', 'KWT', 'WHR', 'KWH', 'MWH', 'AMP', 'VLT', 'CEL', 'AD', '4L', 'E34', 'E35', 'P1'],
]);

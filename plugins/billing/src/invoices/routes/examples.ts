const addressExample = {
  line1: '1, rue du Fossé',
  postalCode: '1536',
  city: 'Luxembourg',
  country: 'LU',
};

export const draftExample = {
  buyer: { name: 'Ada Lovelace', address: addressExample },
  supply: 'goods',
  supplyOn: '2026-03-02',
  language: 'fr',
  priceMode: 'gross',
  lines: [{ description: 'Tasse', quantity: '2', unitPriceMinor: 1490 }],
} as const;

export const sellerExample = {
  legalName: 'Acme S.à r.l.',
  address: addressExample,
  vatId: 'LU26375245',
  email: 'billing@acme.example',
  series: 'INV',
  creditSeries: 'CN',
} as const;

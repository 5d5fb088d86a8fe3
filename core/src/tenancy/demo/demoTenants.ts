import type { ThemePresetName } from '../theme/presets.js';
import type { MerchantInput, StoreInput } from '../tenantInputs.js';

export interface DemoMerchant {
  /** Platform → tier. */
  readonly tiers: Readonly<Record<string, string>>;
  readonly facts: MerchantInput;
  readonly stores: readonly DemoStore[];
}

export interface DemoStore {
  readonly code: string;
  readonly name: string;
  /** The first one is its primary platform. */
  readonly platforms: readonly string[];
  readonly theme: ThemePresetName | null;
  /** An active domain of its own on its primary platform. */
  readonly domain?: string;
}

export const DEMO_LANGUAGES: Pick<StoreInput, 'defaultLanguage' | 'languages'> = {
  defaultLanguage: 'en',
  languages: ['en', 'fr', 'de', 'lb'],
};

export const DEMO_MERCHANTS: readonly DemoMerchant[] = [
  {
    tiers: { oms: 'professional', loyalty: 'basic' },
    facts: {
      legalName: 'Acme S.à r.l.',
      displayName: 'Acme',
      country: 'LU',
      vatId: 'LU11111139',
      email: 'owner@acme.example',
      phone: '+352 27 00 11 22',
      address: { line1: '12, rue du Marché', postalCode: 'L-1728', city: 'Luxembourg' },
    },
    stores: [
      { code: 'acme', name: 'Acme', platforms: ['oms'], theme: 'modern' },
      { code: 'acme-esch', name: 'Acme Esch', platforms: ['oms', 'loyalty'], theme: 'fresh' },
    ],
  },
  {
    tiers: { oms: 'business' },
    facts: {
      legalName: 'TechPro S.A.',
      displayName: 'TechPro',
      country: 'LU',
      vatId: 'LU22222278',
      email: 'owner@techpro.example',
      phone: '+352 27 00 33 44',
      address: { line1: '5, avenue des Hauts-Fourneaux', postalCode: 'L-4362', city: 'Esch-sur-Alzette' },
    },
    stores: [
      { code: 'techpro', name: 'TechPro', platforms: ['oms'], theme: 'slate', domain: 'techpro.example' },
    ],
  },
  {
    tiers: { loyalty: 'plus', oms: 'essential' },
    facts: {
      legalName: 'Bäckerei Weber',
      displayName: 'Bäckerei Weber',
      country: 'LU',
      vatId: 'LU33333328',
      email: 'owner@weber.example',
      phone: '+352 27 00 55 66',
      address: { line1: '3, Grand-Rue', postalCode: 'L-6730', city: 'Grevenmacher' },
    },
    stores: [
      { code: 'weber', name: 'Bäckerei Weber', platforms: ['loyalty'], theme: 'warm' },
      { code: 'weber-esch', name: 'Bäckerei Weber Esch', platforms: ['loyalty', 'oms'], theme: 'warm' },
    ],
  },
];

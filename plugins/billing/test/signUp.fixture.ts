import { definePlugin } from '@wizamart/core';
import { eventually, rootOf, type TestAppServer, type TestClient } from '@wizamart/core/testing';
import { ShopDirectoryService, type ShopDirectory } from '../src/signup/ShopDirectory.js';

const SHOPS = [
  { externalId: 'leierbuch', slug: 'leierbuch', name: 'Léierbuch', city: 'Luxembourg', url: 'https://letzshop.example/leierbuch' },
  { externalId: 'kaffi', slug: 'kaffi', name: 'Kaffi <script>', city: null, url: null },
  { externalId: 'secret', slug: null, name: 'Geheim', city: null, url: null },
]; // prettier-ignore

class Marketplace implements ShopDirectory {
  readonly provider = 'letzshop';
  readonly name = 'Letzshop';

  async search(_ctx: unknown, q: string) {
    if (q === 'down') throw new Error('connection refused');
    return SHOPS.filter(({ name }) => name.toLowerCase().includes(q.toLowerCase()));
  }

  async claim(_ctx: unknown, { externalId, proof }: { externalId: string; proof: string | null }) {
    const shop = SHOPS.find((known) => known.externalId === externalId);
    if (!shop) return { status: 'refused' as const };
    if (externalId === 'secret' && proof === null)
      return { status: 'proof-needed' as const, question: 'Which word is on the invoice?' };
    if (externalId === 'secret' && proof !== 'maus') return { status: 'refused' as const };
    return { status: 'claimed' as const, shop, business: null, proof: { by: 'test' } };
  }
}

/** Stands for the module that knows the shops of a marketplace. */
export const marketplace = definePlugin({
  code: 'marketplace',
  name: 'Marketplace',
  description: 'Knows shops.',
  provides: { shopDirectory: ShopDirectoryService },
  services: { shopDirectory: Marketplace },
});

export const BUSINESS = {
  legalName: 'Léierbuch S.à r.l.',
  country: 'LU',
  line1: '5, rue de la Gare',
  postalCode: 'L-1611',
  city: 'Luxembourg',
};

let count = 0;
/** An account that nobody has; a store's address that is free. */
export const newAccount = (more: Record<string, unknown> = {}) => {
  const n = ++count;
  return {
    name: 'Anne Muller',
    email: `anne${n}@leierbuch.example`,
    password: 'horse battery staple lux',
    storeName: `Léierbuch ${n}`,
    storeCode: `leierbuch-${n}`,
    ...more,
  };
};

/** Visitors of a platform, at its API. */
export const visitorOf = (server: TestAppServer, platform = 'oms'): TestClient =>
  server.client({ root: rootOf({ surface: 'platform', kind: 'api', platform: server.platform(platform) }) });

/** The code in the latest mail to an address, and the link in it. Needs running jobs. */
export const mailedTo = (
  server: TestAppServer,
  email: string,
): Promise<{ readonly code: string; readonly token: string }> =>
  eventually(async () => {
    const [mail] = await server.database.everything<{ text: string }>(
      "select text from core_caught_mail where to_address like '%' || $1 || '%' order by caught_at desc, id desc limit 1",
      [email],
    );
    const code = /\b(\d{8})\b/.exec(mail?.text ?? '')?.[1];
    const token = /su_[\w-]{43}/.exec(mail?.text ?? '')?.[0];
    return code !== undefined && token !== undefined && { code, token };
  });

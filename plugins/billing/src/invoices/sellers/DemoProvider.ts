import type { TenantContext } from '@wizamart/core';
import type { Sellers } from './Sellers.js';

/** The provider as a seller, for platforms with demo data. */
export class DemoProvider {
  readonly #sellers: Sellers;

  constructor({ sellers }: { readonly sellers: Sellers }) {
    this.#sellers = sellers;
  }

  /** May be run any number of times: what was set up stays. */
  async fill(ctx: TenantContext): Promise<void> {
    if (await this.#sellers.find(ctx, 'provider')) return;
    const code = ctx.platform.code.toUpperCase().replace(/[^A-Z0-9]/g, '');
    await this.#sellers.save(ctx, 'provider', {
      legalName: 'Wizamart S.A.',
      address: { line1: '2, place de Metz', postalCode: '1930', city: 'Luxembourg', country: 'LU' },
      vatId: 'LU26375245',
      registration: 'B000000',
      email: 'billing@wizamart.example',
      bank: { name: 'Demo bank', iban: 'LU280019400644750000', bic: 'BCEELULL' },
      series: code.slice(0, 10),
      creditSeries: `${code.slice(0, 10)}CN`,
    });
  }
}

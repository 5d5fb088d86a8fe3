import type { PlatformRecord, StoreRecord } from '../kernel/context.js';
import { makeLinks, outsideBase } from '../tenancy/links.js';

/** Absolute addresses for mails, whatever host the request came in by. */
export class OutsideLinks {
  readonly #base: () => ReturnType<typeof outsideBase>;

  constructor({
    development,
    port,
    mainDomain,
  }: {
    readonly development: boolean;
    readonly port: number;
    /** Asked each time: the platforms are read after this is made. */
    readonly mainDomain: () => string | null;
  }) {
    this.#base = () =>
      outsideBase({
        development,
        secure: !development,
        port: development ? `:${port}` : '',
        mainDomain: mainDomain(),
      });
  }

  admin(platform: PlatformRecord, path: string): string {
    return this.#absolute('admin', platform, null, path);
  }

  /** A page of the staff's side; without a store, above stores. */
  store(platform: PlatformRecord, store: StoreRecord | null, path: string): string {
    return this.#absolute('store', platform, store, path);
  }

  #absolute(
    surface: 'admin' | 'store',
    platform: PlatformRecord,
    store: StoreRecord | null,
    path: string,
  ): string {
    const base = this.#base();
    const address = makeLinks({ platform, store, surface, base }, platform.defaultLanguage).to(surface, path);
    return address.startsWith('/')
      ? `${base.secure ? 'https' : 'http'}://${base.host}${base.port}${address}`
      : address;
  }
}

import { LRUCache } from 'lru-cache';
import type { PlatformRecord, StoreRecord } from '../../kernel/context.js';
import { boundedCount } from '../boundedCount.js';
import type { AddressBase } from './resolution.js';

/** What a host name stands for. */
export type HostTarget =
  /** A development host: tenants are found by path. */
  | { readonly kind: 'local' }
  | { readonly kind: 'platform'; readonly platform: PlatformRecord }
  | {
      readonly kind: 'store';
      readonly platform: PlatformRecord;
      readonly store: StoreRecord;
      readonly foundBy: 'subdomain' | 'customDomain';
    }
  /** The global admin. */
  | { readonly kind: 'admin' }
  /** `www.` of a host: everything moved to `host`. */
  | { readonly kind: 'moved'; readonly host: string }
  /** `admin.` of a platform other than main. */
  | { readonly kind: 'platformAdmin'; readonly platform: PlatformRecord }
  /** A subdomain of the main platform that names a store elsewhere. */
  | { readonly kind: 'movedStore'; readonly platform: PlatformRecord; readonly store: StoreRecord };

export interface HostRecord {
  readonly name: string;
  readonly port: string;
  readonly target: HostTarget;
  /** Where links of requests to this host start; made when first needed, by scheme and way in. */
  readonly bases: (AddressBase | undefined)[];
}

/**
 * Remembers which raw Host header led where. Hits only, so that nobody fills it with names that do not exist;
 * bounded, since one host can be spelled in many ways.
 */
export class HostCache {
  readonly #records: LRUCache<string, HostRecord>;
  #generation = 0;

  constructor(max = 20_000) {
    this.#records = new LRUCache(boundedCount(max));
  }

  /** Changes with every `clear`: a look-up that began before must not be remembered after. */
  get generation(): number {
    return this.#generation;
  }

  get size(): number {
    return this.#records.size;
  }

  get(header: string): HostRecord | undefined {
    return this.#records.get(header);
  }

  /** Remembers a record, unless something changed since its look-up began in `generation`. */
  put(header: string, record: HostRecord, generation: number): void {
    if (generation === this.#generation) this.#records.set(header, record);
  }

  clear(): void {
    this.#generation++;
    this.#records.clear();
  }
}

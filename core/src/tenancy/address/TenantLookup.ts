import type { PlatformRecord, StoreRecord } from '../../kernel/context.js';
import type { HostCache } from './HostCache.js';

/** An answer from memory, or a promise when the database must be asked first. */
export type Found<Value> = Value | null | Promise<Value | null>;

/** What is asked before a tenant is known. Platforms are in memory; stores too, once they were asked for. */
export interface TenantLookup {
  /** Host names that led somewhere; emptied by the owner whenever a tenant changes. */
  readonly hosts: HostCache;
  /** All platforms, inactive ones too, in the order of their codes. */
  platforms(): readonly PlatformRecord[];
  platformById(id: string): PlatformRecord | undefined;
  platformByCode(code: string): PlatformRecord | undefined;
  platformByDomain(domain: string): PlatformRecord | undefined;
  storeBySubdomain(platform: PlatformRecord, subdomain: string): Found<StoreRecord>;
  storeByCode(platform: PlatformRecord, code: string): Found<StoreRecord>;
  /** By an active custom domain. */
  storeByDomain(domain: string): Found<StoreRecord>;
  /** The store with that code, as it stands on its primary platform. */
  storeAnywhere(code: string): Found<StoreRecord>;
}

/** Goes on with what was found: at once when it came from memory. */
export function whenFound<Value, Result>(
  found: Found<Value>,
  next: (value: Value | null) => Result | Promise<Result>,
): Result | Promise<Result> {
  return found instanceof Promise ? found.then(next) : next(found);
}

import type { Readable } from 'node:stream';
import { TenantMissing } from '../errors/common.js';
import type { TenantContext } from '../kernel/context.js';
import { checkedKey } from './fileKey.js';
import type { ByteRange, FileContent, FileStore } from './FileStore.js';

/** Whose files: the store's of a context, or its platform's own. */
export type FileOwner = 'store' | 'platform';

/**
 * Files of tenants.
 *
 * A key starts with its tenant, taken from the context: nobody reaches a file of another one, whatever the rest of
 * the key says. A store reads its platform's files and cannot change them. Names below it are the plugin's:
 * `cms/media/{id}/…`.
 */
export class Files {
  constructor(private readonly store: FileStore) {}

  /** @throws {TypeError} from a store's context for the platform's files */
  async put(ctx: TenantContext, owner: FileOwner, name: string, content: FileContent): Promise<void> {
    await this.store.put(this.#ownKey(ctx, owner, name), content);
  }

  /** The bytes, or undefined where the tenant has no such file. */
  get(ctx: TenantContext, owner: FileOwner, name: string, range?: ByteRange): Promise<Readable | undefined> {
    return this.store.get(keyOf(ctx, owner, name), range);
  }

  exists(ctx: TenantContext, owner: FileOwner, name: string): Promise<boolean> {
    return this.store.exists(keyOf(ctx, owner, name));
  }

  /** @throws {TypeError} from a store's context for the platform's files */
  async delete(ctx: TenantContext, owner: FileOwner, name: string): Promise<void> {
    await this.store.delete(this.#ownKey(ctx, owner, name));
  }

  /** Throws when files cannot be kept now. */
  check(): Promise<void> {
    return this.store.check();
  }

  #ownKey(ctx: TenantContext, owner: FileOwner, name: string): string {
    if (owner === 'platform' && ctx.store)
      throw new TypeError('a store cannot change the files of its platform');
    return keyOf(ctx, owner, name);
  }
}

/** Ids only, never names: a tenant may be renamed. */
function keyOf({ platform, store }: TenantContext, owner: FileOwner, name: string): string {
  if (owner === 'platform') return checkedKey(`platforms/${platform.id}/own/${name}`);
  if (!store) throw new TenantMissing({ needed: 'store', where: `The file '${name}'` });
  return checkedKey(`platforms/${platform.id}/stores/${store.merchantId}/${store.id}/${name}`);
}

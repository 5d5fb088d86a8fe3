import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { access, mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { exactly } from './exactly.js';
import { checkedKey } from './fileKey.js';
import type { ByteRange, FileContent, FileStore } from './FileStore.js';

/** Keeps files below a folder. Several processes may share it. */
export class DiskFileStore implements FileStore {
  readonly #root: string;

  constructor(root: string) {
    this.#root = path.resolve(root);
  }

  async put(key: string, { source, bytes }: FileContent): Promise<void> {
    const target = this.#pathOf(key);
    // Beside the target, so that the rename stays on one disk and is atomic.
    const partial = path.join(path.dirname(target), `.partial-${randomUUID()}`);
    await mkdir(path.dirname(target), { recursive: true });
    try {
      const stream = Buffer.isBuffer(source) ? Readable.from([source]) : source;
      await pipeline(stream, exactly(bytes), createWriteStream(partial, { flags: 'wx', mode: 0o640 }));
      await rename(partial, target);
    } catch (error) {
      await rm(partial, { force: true });
      throw error;
    }
  }

  async get(key: string, range?: ByteRange): Promise<Readable | undefined> {
    try {
      const file = await open(this.#pathOf(key), 'r');
      return file.createReadStream(range ? { start: range.start, end: range.end } : {});
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async exists(key: string): Promise<boolean> {
    return access(this.#pathOf(key)).then(
      () => true,
      () => false,
    );
  }

  async delete(key: string): Promise<void> {
    await rm(this.#pathOf(key), { force: true });
  }

  async check(): Promise<void> {
    const probe = path.join(this.#root, `.check-${randomUUID()}`);
    await mkdir(this.#root, { recursive: true });
    await writeFile(probe, '');
    await rm(probe, { force: true });
  }

  #pathOf(key: string): string {
    return path.join(this.#root, ...checkedKey(key).split('/'));
  }
}

const isMissing = (error: unknown): boolean =>
  ['ENOENT', 'ENOTDIR', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '');

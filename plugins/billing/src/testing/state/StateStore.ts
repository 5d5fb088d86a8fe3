/** One object as it is kept; `data` null: it is gone. */
export interface StoredObject {
  readonly account: string;
  readonly kind: string;
  readonly id: string;
  readonly data: object | null;
}

/**
 * Where the server's objects are kept.
 *
 * Work is done one after another, over all processes that share the store. What `work` writes is kept as a whole or,
 * when it throws or the process dies, not at all.
 */
export interface StateStore {
  /** @param work gets what others have written since the last time (all, the first time) and gives what it wrote */
  exclusive<Result>(
    work: (news: readonly StoredObject[]) => {
      readonly result: Result;
      readonly writes: readonly StoredObject[];
    },
  ): Promise<Result>;
}

/** Keeps nothing beyond the process: memory is the server's own. */
export class MemoryStore implements StateStore {
  async exclusive<Result>(
    work: (news: readonly StoredObject[]) => {
      readonly result: Result;
      readonly writes: readonly StoredObject[];
    },
  ): Promise<Result> {
    return work([]).result;
  }
}

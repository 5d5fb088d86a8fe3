/** Cost of one password hash, and how many may be computed at once in this process. */
export interface PasswordSettings {
  /** KiB of memory per hash. */
  readonly memoryKib: number;
  /** Passes over that memory. */
  readonly passes: number;
  /** Hashes computed at the same time; each takes `memoryKib` and a thread of libuv's four. */
  readonly parallelHashes: number;
  /** Hashes that may wait for their turn; one more is refused. */
  readonly waitingHashes: number;
}

/** argon2id with 64 MiB, 3 passes, 1 lane. */
export const PASSWORD_SETTINGS: PasswordSettings = {
  memoryKib: 65_536,
  passes: 3,
  parallelHashes: 2,
  waitingHashes: 200,
};

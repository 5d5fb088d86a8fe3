import { TooManyRequests } from '../errors/common.js';
import { PASSWORD_SETTINGS, type PasswordSettings } from './passwordSettings.js';
import { Turnstile } from './Turnstile.js';

/** What the hashing library must offer; replaced in tests that count calls. */
export interface PasswordHashing {
  hash(password: string, options: { memoryCost: number; timeCost: number; parallelism: number }): Promise<string>;
  verify(hash: string, password: string): Promise<boolean>;
}

const BUSY_RETRY_SECONDS = 5;

/**
 * Hashes and checks passwords with argon2id, a bounded number at a time.
 *
 * A check without a known account costs the same as one with it, so that time tells nothing about who has an account.
 */
export class Passwords {
  private readonly turnstile: Turnstile;
  private dummy: Promise<string> | undefined;

  constructor(
    private readonly settings: PasswordSettings = PASSWORD_SETTINGS,
    // Loaded when first needed: the native library costs time at start-up.
    private readonly library: () => Promise<PasswordHashing> = () => import('@node-rs/argon2'),
  ) {
    this.turnstile = new Turnstile({
      places: settings.parallelHashes, waiting: settings.waitingHashes,
      refuse: () => new TooManyRequests({ retryAfterSeconds: BUSY_RETRY_SECONDS }),
    });
  }

  /** @throws {TooManyRequests} when too many hashes wait already */
  hash(password: string): Promise<string> {
    return this.turnstile.run(async () =>
      (await this.library()).hash(password.normalize('NFKC'), {
        memoryCost: this.settings.memoryKib, timeCost: this.settings.passes, parallelism: 1,
      }),
    );
  }

  /**
   * Whether the password fits the hash. Without a hash (no such account, or one without a password) it does the
   * same work and answers false.
   *
   * @throws {TooManyRequests} when too many hashes wait already
   */
  async verify(hash: string | null, password: string): Promise<boolean> {
    const against = hash ?? (await this.dummyHash());
    const fits = await this.turnstile.run(async () => (await this.library()).verify(against, password.normalize('NFKC')));
    return fits && hash !== null;
  }

  /** Whether a hash was made with other parameters than today's, and should be made again at the next login. */
  isOutdated(hash: string): boolean {
    return !hash.startsWith(`$argon2id$v=19$m=${this.settings.memoryKib},t=${this.settings.passes},p=1$`);
  }

  /** Makes the hash that unknown accounts are checked against, so that the first such check is not the slowest. */
  async prepare(): Promise<void> {
    await this.dummyHash();
  }

  private dummyHash(): Promise<string> {
    this.dummy ??= this.hash('a password that nobody has').catch((error: unknown) => {
      this.dummy = undefined;
      throw error;
    });
    return this.dummy;
  }
}

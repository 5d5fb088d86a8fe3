import { TooManyRequests } from '../errors/common.js';
import { PASSWORD_SETTINGS, type PasswordSettings } from './passwordSettings.js';
import { Turnstile } from './Turnstile.js';

/** What the hashing library must offer; replaced in tests that count calls. */
export interface PasswordHashing {
  hash(
    password: string,
    options: { memoryCost: number; timeCost: number; parallelism: number },
  ): Promise<string>;
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
  /** Fits no password; costs as much to check as any other hash. */
  private readonly nobody: string;

  constructor(
    private readonly settings: PasswordSettings = PASSWORD_SETTINGS,
    // Loaded when first needed: the native library costs time at start-up.
    private readonly library: () => Promise<PasswordHashing> = () => import('@node-rs/argon2'),
  ) {
    this.nobody = `${this.prefix}$${'A'.repeat(22)}$${'A'.repeat(43)}`;
    this.turnstile = new Turnstile({
      places: settings.parallelHashes,
      waiting: settings.waitingHashes,
      refuse: () => new TooManyRequests({ retryAfterSeconds: BUSY_RETRY_SECONDS }),
    });
  }

  /** @throws {TooManyRequests} when too many hashes wait already */
  hash(password: string): Promise<string> {
    return this.turnstile.run(async () =>
      (await this.library()).hash(password.normalize('NFKC'), {
        memoryCost: this.settings.memoryKib,
        timeCost: this.settings.passes,
        parallelism: 1,
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
    const fits = await this.turnstile.run(async () =>
      (await this.library()).verify(hash ?? this.nobody, password.normalize('NFKC')),
    );
    return fits && hash !== null;
  }

  /** Whether a hash was made with other parameters than today's, and should be made again at the next login. */
  isOutdated(hash: string): boolean {
    return !hash.startsWith(`${this.prefix}$`);
  }

  private get prefix(): string {
    return `$argon2id$v=19$m=${this.settings.memoryKib},t=${this.settings.passes},p=1`;
  }
}

import type { PlatformRecord } from '../../kernel/context.js';

/** All platforms, by each way they are asked for; replaced as a whole. */
export class PlatformMemory {
  #all: readonly PlatformRecord[] = [];
  #byId = new Map<string, PlatformRecord>();
  #byCode = new Map<string, PlatformRecord>();
  #byDomain = new Map<string, PlatformRecord>();

  replace(platforms: readonly PlatformRecord[]): void {
    this.#all = platforms;
    this.#byId = new Map(platforms.map((platform) => [platform.id, platform]));
    this.#byCode = new Map(platforms.map((platform) => [platform.code, platform]));
    this.#byDomain = new Map(
      platforms.flatMap((platform) => (platform.domain === null ? [] : [[platform.domain, platform]])),
    );
  }

  all(): readonly PlatformRecord[] {
    return this.#all;
  }

  byId(id: string): PlatformRecord | undefined {
    return this.#byId.get(id);
  }

  byCode(code: string): PlatformRecord | undefined {
    return this.#byCode.get(code);
  }

  byDomain(domain: string): PlatformRecord | undefined {
    return this.#byDomain.get(domain);
  }
}

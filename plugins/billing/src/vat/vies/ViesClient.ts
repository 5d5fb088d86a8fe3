import { type ViesAnswer, VIES_BUSY_CODES } from './viesCodes.js';

/** Sends one request; the global fetch, or a local stand-in. */
export type ViesTransport = (url: string, init: RequestInit) => Promise<Response>;

export interface ViesClientOptions {
  readonly transport: ViesTransport;
  /** Waits between tries, in milliseconds; as many tries more. */
  readonly pauses?: readonly number[];
  readonly pause?: (ms: number) => Promise<void>;
}

const ADDRESS = 'https://ec.europa.eu/taxation_customs/vies/rest-api/check-vat-number';
const PATIENCE_MS = 10_000;

/** Asks VIES, the register of VAT ids of the European Commission, over its REST interface. */
export class ViesClient {
  readonly #transport: ViesTransport;
  readonly #pauses: readonly number[];
  readonly #pause: (ms: number) => Promise<void>;

  constructor({ transport, pauses = [300, 1_200], pause = sleep }: ViesClientOptions) {
    this.#transport = transport;
    this.#pauses = pauses;
    this.#pause = pause;
  }

  /**
   * Checks a well-formed VAT id. Never throws for what VIES or the network does: that is `unavailable`.
   *
   * @param requester own VAT id, for a consultation number
   */
  async check(vatId: string, requester: string | null, now: Date): Promise<ViesAnswer> {
    let answer = await this.#ask(vatId, requester, now);
    for (const ms of this.#pauses) {
      if (answer.status !== 'unavailable' || !VIES_BUSY_CODES.has(answer.code)) break;
      await this.#pause(ms);
      answer = await this.#ask(vatId, requester, now);
    }
    return answer;
  }

  async #ask(vatId: string, requester: string | null, now: Date): Promise<ViesAnswer> {
    const plain = { vatId, consultationNumber: null, name: null, address: null, checkedAt: now };
    try {
      const response = await this.#transport(ADDRESS, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify(bodyOf(vatId, requester)),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      return { ...plain, ...readAnswer(await response.json()) };
    } catch (error) {
      const code = (error as Error).name === 'TimeoutError' ? 'TIMEOUT' : 'SERVICE_UNAVAILABLE';
      return { ...plain, status: 'unavailable', code };
    }
  }
}

const bodyOf = (vatId: string, requester: string | null): object => ({
  countryCode: vatId.slice(0, 2),
  vatNumber: vatId.slice(2),
  ...(requester && {
    requesterMemberStateCode: requester.slice(0, 2),
    requesterNumber: requester.slice(2),
  }),
});

type Said = Pick<ViesAnswer, 'status' | 'code'> & Partial<ViesAnswer>;

function readAnswer(body: unknown): Said {
  const said = (body ?? {}) as Record<string, unknown>;
  const code = errorCode(said);
  if (code === 'INVALID_INPUT') return { status: 'invalid', code };
  if (code !== undefined && code !== 'VALID' && code !== 'INVALID') return { status: 'unavailable', code };
  const isValid = said['valid'] ?? said['isValid'];
  if (typeof isValid !== 'boolean') return { status: 'unavailable', code: 'UNREADABLE' };
  return {
    status: isValid ? 'valid' : 'invalid',
    code: isValid ? 'VALID' : 'INVALID',
    consultationNumber: text(said['requestIdentifier']),
    name: text(said['name']),
    address: text(said['address']),
  };
}

function errorCode(said: Record<string, unknown>): string | undefined {
  const [first] = (said['errorWrappers'] as { error?: string }[] | undefined) ?? [];
  const code = first?.error ?? said['userError'];
  return typeof code === 'string' && code !== '' ? code : undefined;
}

/** Member states that keep names to themselves answer dashes. */
const text = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' && !/^-+$/.test(value.trim()) ? value.trim() : null;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

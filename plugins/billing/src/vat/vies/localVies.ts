import { isVatId } from '../vatId.js';
import type { ViesTransport } from './ViesClient.js';
import type { VIES_UNAVAILABLE_CODES } from './viesCodes.js';

/** The local register, and what tests may tell it. */
export interface LocalVies {
  readonly transport: ViesTransport;
  /** From now on VIES answers with this code; null: as usual. */
  fail(code: (typeof VIES_UNAVAILABLE_CODES)[number] | 'INVALID_REQUESTER_INFO' | 'NETWORK' | null): void;
  /** Says of one number that it is not registered. */
  forget(vatId: string): void;
  /** Requests so far. */
  readonly asked: readonly { readonly vatId: string; readonly requester: string | null }[];
}

/**
 * A stand-in for VIES that needs no network, for development and tests. Every number with right check digits is
 * registered, but for those of {@link LocalVies.forget}.
 */
export function localVies(): LocalVies {
  const asked: { vatId: string; requester: string | null }[] = [];
  const unknown = new Set<string>();
  let failure: string | null = null;
  return {
    asked,
    fail: (code) => void (failure = code),
    forget: (vatId) => void unknown.add(vatId),
    transport: async (_url, init) => {
      const body = JSON.parse(init.body as string) as Record<string, string>;
      const vatId = `${body['countryCode']}${body['vatNumber']}`;
      const requester = body['requesterNumber']
        ? `${body['requesterMemberStateCode']}${body['requesterNumber']}`
        : null;
      asked.push({ vatId, requester });
      if (failure === 'NETWORK') throw new TypeError('fetch failed');
      if (failure) return refusal(failure);
      if (requester && !isVatId(requester)) return refusal('INVALID_REQUESTER_INFO');
      if (!/^[A-Z]{2}[0-9A-Z+*.]{2,12}$/.test(vatId)) return refusal('INVALID_INPUT');
      return answer(vatId, isVatId(vatId) && !unknown.has(vatId), requester ? asked.length : null);
    },
  };
}

const refusal = (error: string): Response =>
  Response.json({ actionSucceed: false, errorWrappers: [{ error }] }, { status: 400 });

const answer = (vatId: string, valid: boolean, consultation: number | null): Response =>
  Response.json({
    countryCode: vatId.slice(0, 2),
    vatNumber: vatId.slice(2),
    requestDate: '2026-01-01T00:00:00.000Z',
    valid,
    requestIdentifier:
      consultation === null || !valid ? '' : `LOCAL${String(consultation).padStart(10, '0')}`,
    name: valid ? `Local company ${vatId}` : '---',
    address: valid ? '1, Local Street' : '---',
  });

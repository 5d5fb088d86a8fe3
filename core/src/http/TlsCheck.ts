import { createHash, timingSafeEqual } from 'node:crypto';
import type { ServedHosts } from '../tenancy/directory/ServedHosts.js';

interface Question {
  /** `domain`, and `token` where one is configured. */
  readonly query: URLSearchParams;
  readonly caller: {
    /** Of the connection itself, never of a header. */
    readonly address: string;
    /** It came through a proxy, on behalf of somebody else. */
    readonly isForwarded: boolean;
  };
}

/**
 * Tells a proxy that gets certificates on demand for which names it may: those that are served here.
 *
 * With a token whoever brings it may ask; without one only this machine itself, and not on behalf of a visitor. To all
 * others the address does not exist. Answers come from memory, also for names that nobody has.
 */
export class TlsCheck {
  readonly #hosts: Pick<ServedHosts, 'has'>;
  readonly #token: Buffer | undefined;

  constructor({
    hosts,
    token,
  }: {
    readonly hosts: Pick<ServedHosts, 'has'>;
    readonly token: string | undefined;
  }) {
    this.#hosts = hosts;
    this.#token = token === undefined ? undefined : digest(token);
  }

  answer({ query, caller }: Question): { readonly status: 200 | 404; readonly text: string } {
    if (!this.#mayAsk(query, caller)) return { status: 404, text: 'not found' };
    return this.#hosts.has(query.get('domain') ?? '')
      ? { status: 200, text: 'served' }
      : { status: 404, text: 'not served' };
  }

  #mayAsk(query: URLSearchParams, { address, isForwarded }: Question['caller']): boolean {
    if (this.#token) return timingSafeEqual(this.#token, digest(query.get('token') ?? ''));
    return !isForwarded && isLoopback(address);
  }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

const isLoopback = (address: string): boolean =>
  address === '::1' || /^(::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(address);

import { MalformedHost } from './errors.js';

/** What is read of a Node request; `IncomingMessage` fits. */
export interface RequestHead {
  readonly rawHeaders: readonly string[];
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly socket: { readonly remoteAddress?: string | undefined; readonly encrypted?: boolean };
}

/** Who asked for which host, as far as it can be believed. */
export interface ClientFacts {
  readonly host: string | undefined;
  /** Whether the browser speaks HTTPS. */
  readonly secure: boolean;
  /** Address of the client; of the nearest untrusted hop where a proxy is configured. */
  readonly ip: string;
}

/**
 * Reads host, scheme and address of a request. `X-Forwarded-*` counts only behind a configured proxy, and then
 * only its last entry: the proxy itself wrote it, everything before may come from the client.
 *
 * @throws {MalformedHost} when the request carries more than one Host header
 */
export function clientFacts(request: RequestHead, trustProxy: boolean): ClientFacts {
  refuseSecondHost(request.rawHeaders);
  const { headers, socket } = request;
  const host = headers['host'] as string | undefined;
  const secure = socket.encrypted === true;
  const ip = socket.remoteAddress ?? '';
  if (!trustProxy) return { host, secure, ip };
  const proto = lastOf(headers['x-forwarded-proto']);
  return {
    host: lastOf(headers['x-forwarded-host']) ?? host,
    secure: proto === undefined ? secure : proto === 'https',
    ip: lastOf(headers['x-forwarded-for']) ?? ip,
  };
}

// Node silently keeps the first of two Host headers; a proxy in front may have believed the second.
function refuseSecondHost(rawHeaders: readonly string[]): void {
  let seen = false;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] as string;
    if (name.length !== 4 || name.toLowerCase() !== 'host') continue;
    if (seen) throw new MalformedHost({ reason: 'the request carries more than one' });
    seen = true;
  }
}

function lastOf(header: string | readonly string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  const line = typeof header === 'string' ? header : (header.at(-1) ?? '');
  return line.slice(line.lastIndexOf(',') + 1).trim();
}

import { isIPv4, isIPv6 } from 'node:net';
import { domainToASCII, domainToUnicode } from 'node:url';
import { MalformedHost } from './errors.js';

/** A host as it was asked for, in the one spelling that look-ups use. */
export interface HostName {
  /** Lower case, without port and trailing dot; punycode; IPv6 in brackets. */
  readonly name: string;
  /** `:8000`, or empty. */
  readonly port: string;
  readonly isAddress: boolean;
}

/** A DNS name has at most 253 characters; a port adds six. */
const LONGEST_HEADER = 253 + 1 + 6;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const PORT = /^[1-9][0-9]{0,4}$/;

/**
 * Reads a Host header strictly: one name, an optional port, nothing else.
 *
 * @throws {MalformedHost} for anything that a browser would not send
 */
export function parseHost(header: string | undefined): HostName {
  if (!header) throw new MalformedHost({ reason: 'it is empty' });
  if (header.length > LONGEST_HEADER) throw new MalformedHost({ reason: 'it is too long' });
  if (header.startsWith('[')) return parseIpv6(header.toLowerCase());
  const colon = header.indexOf(':');
  const name = parseName(colon < 0 ? header : header.slice(0, colon));
  return { name, port: colon < 0 ? '' : parsePort(header.slice(colon + 1)), isAddress: isIPv4(name) };
}

/** The same reading for a name without a port, e.g. one that somebody typed into a form; accepts international spelling. */
export function parseDomain(input: string): string {
  const typed = input.trim().toLowerCase();
  // domainToASCII would read an address and keep its host.
  const ascii = /[\s/\\?#@:%[\]]/.test(typed) ? '' : domainToASCII(typed);
  if (!ascii) throw new MalformedHost({ reason: `'${input}' is not a domain name` });
  return parseName(ascii);
}

/** Whether a name is one of this machine's own, which only development answers. */
export const isDevelopmentHost = (name: string): boolean =>
  name === 'localhost' || name === '127.0.0.1' || name === '[::1]' || name.endsWith('.localhost');

function parseName(raw: string): string {
  const lower = raw.toLowerCase();
  const name = lower.endsWith('.') ? lower.slice(0, -1) : lower;
  if (name.length === 0) throw new MalformedHost({ reason: 'it is empty' });
  if (name.length > 253) throw new MalformedHost({ reason: 'it is too long' });
  for (const label of name.split('.')) {
    if (!LABEL.test(label)) throw new MalformedHost({ reason: 'it holds characters that no host name has' });
  }
  if (name.includes('xn--') && !isPunycode(name))
    throw new MalformedHost({ reason: 'its punycode is not valid' });
  return name;
}

function parsePort(port: string): string {
  if (!PORT.test(port) || Number(port) > 65_535)
    throw new MalformedHost({ reason: 'its port is not a number from 1 to 65535' });
  return `:${port}`;
}

function parseIpv6(header: string): HostName {
  const end = header.indexOf(']');
  const address = header.slice(1, end);
  const rest = header.slice(end + 1);
  if (end < 0 || !isIPv6(address) || address.includes('%') || (rest !== '' && !rest.startsWith(':'))) {
    throw new MalformedHost({ reason: 'its IPv6 address is not valid' });
  }
  return { name: `[${address}]`, port: rest === '' ? '' : parsePort(rest.slice(1)), isAddress: true };
}

function isPunycode(name: string): boolean {
  const unicode = domainToUnicode(name);
  return unicode !== '' && domainToASCII(unicode) === name;
}

import { resolve4, resolve6 } from 'node:dns/promises';
import type { Host } from '@wizamart/core';
import { ok, warning, type Finding } from './Finding.js';

/** Looks up the addresses of a name; tests answer themselves. */
export type LookUp = (name: string) => Promise<readonly string[]>;

const lookUpAny: LookUp = async (name) => {
  const answers = await Promise.allSettled([resolve4(name), resolve6(name)]);
  return answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
};

/** The domain of each platform, and any name below it, leads to the same machine. */
export async function checkDomains(
  hosts: readonly Pick<Host, 'code' | 'domain'>[],
  lookUp: LookUp = lookUpAny,
): Promise<Finding[]> {
  const findings = await Promise.all(
    hosts.map(async ({ code, domain }) => {
      const [own, below] = await Promise.all([lookUp(domain), lookUp(`doctor-looks.${domain}`)]);
      if (own.length === 0)
        return warning(
          'dns',
          `${domain} (${code}) has no address`,
          `let ${domain} and *.${domain} lead to the proxy in front (A and AAAA records)`,
        );
      if (!below.some((address) => own.includes(address))) {
        return warning(
          'dns',
          `names below ${domain} (${code}) do not lead where it does`,
          `add *.${domain} with the records of ${domain}: stores live there`,
        );
      }
      return ok('dns', `${domain} and *.${domain} lead to ${own.join(', ')}`);
    }),
  );
  return findings;
}

/** The TXT records of a name; `resolveTxt` of node:dns/promises fits. */
export type TxtResolver = (name: string) => Promise<readonly (readonly string[])[]>;

/** Where the token is looked for: beside the domain, so that other TXT records of it do not matter. */
export const tokenRecordName = (domain: string): string => `_wizamart.${domain}`;

/** Why a token was not found, in words for people. */
interface NotProved {
  readonly reason: string;
  /** The name servers said that it is not there; otherwise they did not say anything. */
  readonly isCertain: boolean;
}

/** Looks for a domain's token; undefined when it is there. */
export async function findToken(
  resolveTxt: TxtResolver,
  domain: string,
  token: string,
): Promise<NotProved | undefined> {
  const name = tokenRecordName(domain);
  try {
    const records = await resolveTxt(name);
    // A record longer than 255 characters comes in pieces.
    if (records.some((pieces) => pieces.join('').trim() === token)) return undefined;
    return {
      isCertain: true,
      reason: `The TXT record of ${name} has another value than ${token}. A change may take some hours to be seen.`,
    };
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'ENOTFOUND' || code === 'ENODATA') {
      return {
        isCertain: true,
        reason: `There is no TXT record at ${name} yet. Add one with the value ${token}.`,
      };
    }
    return { isCertain: false, reason: `The name servers of ${domain} did not answer. Try again later.` };
  }
}

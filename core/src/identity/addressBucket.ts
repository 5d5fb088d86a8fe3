import { isIPv6 } from 'node:net';

/** What counts as one address: an IPv4 address, or the /64 network that one IPv6 subscriber has to itself. */
export const addressBucket = (ip: string): string => {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip);
  if (mapped?.[1]) return mapped[1];
  const address = ip.split('%')[0] ?? ip;
  if (!isIPv6(address)) return ip;
  const [head = '', tail] = address.toLowerCase().split('::');
  const groups = head === '' ? [] : head.split(':');
  // An address may end in IPv4 notation, which fills two groups; only the first four are of interest.
  const tailGroups = tail ? tail.split(':') : [];
  const tailLength = tailGroups.length + (tail?.includes('.') ? 1 : 0);
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - tailLength);
  return (
    [...groups, ...Array<string>(zeros).fill('0'), ...tailGroups]
      .slice(0, 4)
      .map((group) => parseInt(group, 16).toString(16))
      .join(':') + '::/64'
  );
};

import { isIP } from 'node:net';

/** Groups of an IPv6 address that name a network; below them its owner chooses freely (RFC 4291, section 2.5.4). */
const NETWORK_GROUPS = 4;

const groupsOf = (text: string | undefined): string[] => (text ? text.split(':') : []);

/** An IPv4 address at the end of an IPv6 one stands for two groups. */
const widthOf = (groups: readonly string[]): number =>
  groups.length + groups.filter((group) => group.includes('.')).length;

/**
 * By what a visitor's address is counted: an IPv4 address by itself, an IPv6 address by its /64, for that many
 * anybody has. Without an address all share one count.
 */
export function ipKey(ipAddress: string | undefined): string {
  if (ipAddress === undefined || isIP(ipAddress) === 0) return 'unknown';
  if (isIP(ipAddress) === 4) return ipAddress;
  const [plain = ''] = ipAddress.split('%');
  const [before, after] = plain.split('::');
  const [head, tail] = [groupsOf(before), groupsOf(after)];
  const zeros = Array<string>(8 - widthOf(head) - widthOf(tail)).fill('0');
  const network = [...head, ...zeros, ...tail].slice(0, NETWORK_GROUPS);
  return `${network.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}

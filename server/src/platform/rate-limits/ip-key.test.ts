import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ipKey } from './ip-key.ts';

const group = fc.integer({ min: 0, max: 0xffff });
const hex = (groups: readonly number[]): string => groups.map((value) => value.toString(16)).join(':');

/** An address as a URL writes it: with its longest run of zeros left out. */
const shortened = (groups: readonly number[]): string =>
  new URL(`http://[${hex(groups)}]`).hostname.slice(1, -1);

describe('by what an address is counted', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::1', '0:0:0:0::/64'],
    ['::', '0:0:0:0::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:DB8:0:1:ffff::', '2001:db8:0:1::/64'],
    ['1:2:3:4:5:6:7::', '1:2:3:4::/64'],
    ['::2:3:4:5:6:7:8', '0:2:3:4::/64'],
    ['64:ff9b::192.0.2.7', '64:ff9b:0:0::/64'],
    ['1:2:3:4:5:6:192.0.2.7', '1:2:3:4::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    [undefined, 'unknown'],
    ['', 'unknown'],
    ['not an address', 'unknown'],
  ])('%s', (address, key) => {
    expect(ipKey(address)).toBe(key);
  });

  it('is one for all of a /64, however it is spelled', () => {
    fc.assert(
      fc.property(
        fc.array(group, { minLength: 4, maxLength: 4 }),
        fc.array(group, { minLength: 4, maxLength: 4 }),
        fc.array(group, { minLength: 4, maxLength: 4 }),
        (network, one, other) => {
          const key = ipKey(hex([...network, ...one]));
          expect(ipKey(shortened([...network, ...other]))).toBe(key);
          expect(ipKey(hex([...network, ...other]).toUpperCase())).toBe(key);
        },
      ),
    );
  });

  it('is another for another network', () => {
    fc.assert(
      fc.property(
        fc.array(group, { minLength: 8, maxLength: 8 }),
        fc.array(group, { minLength: 8, maxLength: 8 }),
        (one, other) => {
          fc.pre(hex(one.slice(0, 4)) !== hex(other.slice(0, 4)));
          expect(ipKey(shortened(one))).not.toBe(ipKey(shortened(other)));
        },
      ),
    );
  });
});

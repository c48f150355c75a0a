import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { manualClock } from './clock.ts';
import { globalID, isUUID, newID, parseGlobalID, safeEqual, splitGlobalID } from './ids.ts';

describe('a new id', () => {
  it('sorts after every one made before it, in the same millisecond too', () => {
    const clock = manualClock();
    const ids = Array.from({ length: 1_000 }, (_, index) => {
      if (index % 100 === 99) clock.advance(1);
      return newID(clock);
    });
    expect(ids).toEqual([...ids].sort());
    expect(new Set(ids)).toHaveLength(1_000);
    expect(ids.every(isUUID)).toBe(true);
  });

  it('begins with its time', () => {
    const at = new Date('2026-03-04T05:06:07.089Z');
    const hex = newID({ now: () => at })
      .replaceAll('-', '')
      .slice(0, 12);
    expect(Number.parseInt(hex, 16)).toBe(at.getTime());
  });
});

describe('a global id', () => {
  it('leads back to what it was made of, and to no other type', () => {
    fc.assert(
      fc.property(fc.uuid({ version: 7 }), (id) => {
        expect(parseGlobalID('User', globalID('User', id))).toBe(id);
        expect(parseGlobalID('Session', globalID('User', id))).toBeUndefined();
      }),
    );
  });

  it('reads any other text as none, without failing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(parseGlobalID('User', text)).toBeUndefined();
        splitGlobalID(text);
      }),
    );
    expect(parseGlobalID('User', globalID('User', 'not-a-uuid'))).toBeUndefined();
  });
});

it('compares texts, of different lengths too', () => {
  expect(safeEqual('same', 'same')).toBe(true);
  expect(safeEqual('same', 'same?')).toBe(false);
  expect(safeEqual('', 'x')).toBe(false);
});

import { describe, expect, test } from 'vitest';
import { type DeliveryState, isFinal, whyNotSent } from './delivery.ts';

test.each<[DeliveryState, boolean]>([
  ['QUEUED', false],
  ['SENDING', false],
  ['WAITING', false],
  ['SENT', true],
  ['FAILED', true],
  ['SUPERSEDED', true],
])('%s: final is %s', (state, final) => {
  expect(isFinal(state)).toBe(final);
});

describe('why a mail is where it is', () => {
  test("a failure speaks in the mail server's words", () => {
    expect(whyNotSent({ state: 'FAILED', reason: '550 User unknown' })).toBe('550 User unknown');
  });

  test('a mail that is tried again says what the last try met', () => {
    expect(whyNotSent({ state: 'QUEUED', reason: '451 Greylisted' })).toBe('Last try: 451 Greylisted');
    expect(whyNotSent({ state: 'QUEUED', reason: null })).toBeUndefined();
  });

  test('a sent mail needs no reason, even where a try before had one', () => {
    expect(whyNotSent({ state: 'SENT', reason: '451 Greylisted' })).toBeUndefined();
  });

  test('waiting and superseded explain themselves', () => {
    expect(whyNotSent({ state: 'WAITING', reason: null })).toBe('No mail server is set.');
    expect(whyNotSent({ state: 'SUPERSEDED', reason: null })).toBe(
      'Something newer replaced what was in it.',
    );
  });
});

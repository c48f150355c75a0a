import { describe, expect, it } from 'vitest';
import { LatchkeyError } from '../../server/src/platform/errors.ts';
import { type LoginIDType, normalizeLoginID } from '../../server/src/users/index.ts';
import { codeIn, readPage, sections, tableRows } from '../support/markdown.ts';

const HEADINGS: Record<LoginIDType, string> = { email: 'E-mail', phone: 'Phone', username: 'Username' };

const page = sections(readPage('docs/reference/login-ids.md'));

/** What becomes of a text, as the page writes it. */
function outcomeOf(type: LoginIDType, text: string): string[] {
  try {
    const { normalized, uniqueKey } = normalizeLoginID(type, text);
    return [normalized, uniqueKey];
  } catch (error) {
    if (error instanceof LatchkeyError && error.reason === 'InvalidLoginID') return ['refused', ''];
    throw error;
  }
}

describe.each(Object.entries(HEADINGS) as [LoginIDType, string][])(
  'docs/reference/login-ids.md on %s',
  (type, heading) => {
    const rows = tableRows(page.get(heading) ?? '');

    it('has examples of both kinds', () => {
      expect(new Set(rows.map(([, normalized]) => normalized === 'refused'))).toEqual(new Set([true, false]));
    });

    it.each(rows)('is right about %s', (written, normalized, uniqueKey) => {
      const told = normalized === 'refused' ? ['refused', ''] : [codeIn(normalized), codeIn(uniqueKey)];
      expect(told).toEqual(outcomeOf(type, codeIn(written)));
    });
  },
);

import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../server/src/faces/admin-api/guard/limits.ts';
import { MAX_BODY_BYTES } from '../../server/src/faces/admin-api/guard/read-request.ts';
import { MAX_PAGE_SIZE } from '../../server/src/faces/admin-api/schema/page.ts';
import { readPage, sections, tableRows } from '../support/markdown.ts';

const page = sections(readPage('docs/reference/admin-api.md'));
const thousands = (number: number): string => number.toLocaleString('en');

describe('docs/reference/admin-api.md', () => {
  it('tells the limits of an operation', () => {
    const rows = tableRows(page.get('Requests') ?? '').map(([what = '', value = '']) => `${what}: ${value}`);
    for (const [what, limit] of Object.entries(LIMITS)) {
      const told = rows.filter((row) => row.startsWith(what) && row.endsWith(`: ${thousands(limit)}`));
      expect(told, what).toHaveLength(1);
    }
    expect(page.get('Requests')).toContain(`over ${thousands(MAX_BODY_BYTES)} bytes`);
  });

  it('tells how long a page may be', () => {
    expect(page.get('Ids and pages')).toContain(`${MAX_PAGE_SIZE} at the most`);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestPages, testPages } from '../../../../tests/support/hosted-pages.ts';

let pages: TestPages;

beforeAll(async () => {
  pages = await testPages();
});
afterAll(() => pages.stop());

/** Sends as many of them as one address may, some at once; returns the statuses. */
async function sendAll(path: string, count: number): Promise<Set<number>> {
  const browser = pages.browser();
  const statuses = new Set<number>();
  for (let sent = 0; sent < count; sent += 50) {
    const answers = await Promise.all(Array.from({ length: 50 }, () => browser.post(path, {})));
    for (const { status } of answers) statuses.add(status);
  }
  return statuses;
}

describe('what one address sends', () => {
  it('is refused past the limit before it is read, in words that say how long to wait', async () => {
    expect(await sendAll('/settings/sign-out', 600)).toEqual(new Set([403]));
    const refused = await pages.browser().post('/first-run', {}, { 'accept-language': 'en' });
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('300');
    expect(refused.text).toContain('Wait 5 minutes, then try again.');
    expect((await pages.browser().get('/settings/signed-out')).status).toBe(200);

    pages.clock.advance(299_000);
    expect((await pages.browser().post('/first-run', {})).text).toContain('Wait 1 second,');
    pages.clock.advance(1_000);
    expect((await pages.browser().post('/first-run', {})).status).toBe(403);
  });

  it('counts judged passwords apart, and answers the script in JSON', async () => {
    const path = '/first-run/strength';
    expect(await sendAll(path, 1200)).toEqual(new Set([403]));
    const refused = await pages.browser().post(path, {});
    expect(refused.status).toBe(429);
    expect(JSON.parse(refused.text)).toMatchObject({ error: { reason: 'RateLimited' } });
    expect((await pages.browser().post('/first-run', {})).status).toBe(403);
  });
});

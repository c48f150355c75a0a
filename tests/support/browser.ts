import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Page } from 'playwright-core';

const require = createRequire(import.meta.url);

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** Whether this machine has Chromium; without it the tests that drive one are skipped. */
export const browserIsThere = existsSync(executablePath);

/** Starts the machine's own Chromium, headless. The caller closes it. `CHROMIUM_PATH` names another one. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
}

/** One broken accessibility rule: its id, what it asks, and the elements that break it. */
export interface AxeViolation {
  id: string;
  help: string;
  nodes: string[];
}

/**
 * Runs axe-core in the page as it stands and returns every violation. It goes in through the debugger,
 * which a strict Content-Security-Policy does not stop, so pages are tested with their real headers.
 */
export async function axeViolations(page: Page): Promise<AxeViolation[]> {
  const isThere = await page.evaluate(() => 'axe' in window);
  if (!isThere) await page.evaluate(await readFile(require.resolve('axe-core/axe.min.js'), 'utf8'));
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') };
    const { violations } = await axe.run();
    return violations.map((violation) => ({
      id: violation.id,
      help: violation.help,
      nodes: violation.nodes.map((node) => `${node.html} — ${node.failureSummary ?? ''}`),
    }));
  });
}

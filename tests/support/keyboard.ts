import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Somebody with a keyboard and no mouse. Each move sees that the focus is somewhere, in view, and shows. */
export interface Keyboard {
  /** Presses keys, such as `Enter` or `Shift+Tab`. */
  press(...keys: string[]): Promise<void>;
  type(text: string): Promise<void>;
  /** Presses Tab until the focus is on what has this name. */
  tabTo(name: string | RegExp): Promise<void>;
  /** The name of what has the focus: roughly what a screen reader calls it. */
  focused(): Promise<string>;
  /** Waits until what has this name has the focus. */
  isOn(name: string | RegExp): Promise<void>;
}

const MOST_STOPS = 40;

/** What is wrong with the focus as it stands; undefined where nothing is. */
const problemOfFocus = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return 'nothing has the focus';
    // The beginning of a page's content is a place to go on from, not a thing to act on.
    if (element.tabIndex < 0) return undefined;

    const box = (element.closest('label, [class*="root"]') ?? element).getBoundingClientRect();
    const isInView =
      box.right > 0 && box.bottom > 0 && box.left < window.innerWidth && box.top < window.innerHeight;
    const name = element.outerHTML.slice(0, 160);
    if (!isInView) return `the focus is out of view: ${name}`;

    // Of a text field, the caret shows it.
    if (element instanceof HTMLInputElement && element.selectionStart !== null) return undefined;
    const look = () => {
      const around = [element, ...(element.parentElement?.children ?? [])];
      if (element.parentElement) around.push(element.parentElement);
      return JSON.stringify(
        around.flatMap((each) =>
          ['', '::before', '::after'].map((pseudo) => {
            const { outline, boxShadow, border, background, transform } = getComputedStyle(each, pseudo);
            return [outline, boxShadow, border, background, transform];
          }),
        ),
      );
    };
    const focused = look();
    element.blur();
    const blurred = look();
    element.focus({ preventScroll: true });
    return focused === blurred ? `the focus does not show: ${name}` : undefined;
  });

const nameOfFocus = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement)) return '';
    const [label = element] = element instanceof HTMLInputElement ? (element.labels ?? []) : [];
    const read = label.cloneNode(true) as HTMLElement;
    for (const hidden of read.querySelectorAll('[aria-hidden=true]')) hidden.remove();
    return (element.getAttribute('aria-label') ?? read.textContent).trim();
  });

const fits = (name: string, wanted: string | RegExp): boolean =>
  typeof wanted === 'string' ? name === wanted : wanted.test(name);

/** Puts somebody's hands on the keyboard before a page. */
export function keyboard(page: Page): Keyboard {
  const hands: Keyboard = {
    async press(...keys) {
      for (const key of keys) await page.keyboard.press(key);
    },
    type: (text) => page.keyboard.type(text),
    focused: () => nameOfFocus(page),
    async tabTo(name) {
      const passed: string[] = [];
      for (let stop = 0; stop < MOST_STOPS; stop += 1) {
        await page.keyboard.press('Tab');
        expect(await problemOfFocus(page), `after ${passed.join(', ')}`).toBeUndefined();
        const reached = await nameOfFocus(page);
        if (fits(reached, name)) return;
        passed.push(reached);
      }
      throw new Error(`Tab does not reach ${name}, but: ${passed.join(', ')}`);
    },
    async isOn(name) {
      await expect.poll(() => nameOfFocus(page)).toSatisfy((reached: string) => fits(reached, name));
      expect(await problemOfFocus(page)).toBeUndefined();
    },
  };
  return hands;
}

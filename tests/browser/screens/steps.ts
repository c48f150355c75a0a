import type { Page } from 'playwright-core';
import type { Project, World } from './world.ts';

/** Leads a page to a screen. */
export type Steps = (page: Page, world: World) => Promise<unknown>;

/** A state of a page: its name, the way there from the screen before, and its widths where there are not all. */
export type Screen = readonly [name: string, open: Steps, widths?: readonly number[]];

/** One after the other. */
export const all =
  (...steps: Steps[]): Steps =>
  async (page, world) => {
    for (const step of steps) await step(page, world);
  };

/** Opens an address of the portal, waits for its heading, and does the rest. */
export const at =
  (
    project: Project,
    path: string | ((world: World) => string),
    heading: string | RegExp,
    ...steps: Steps[]
  ): Steps =>
  async (page, world) => {
    await page.goto(world.portal(project, typeof path === 'string' ? path : path(world)));
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    await all(...steps)(page, world);
  };

export const click =
  (name: string): Steps =>
  (page) =>
    page.getByRole('button', { name, exact: true }).click();

export const follow =
  (name: string): Steps =>
  (page) =>
    page.getByRole('link', { name }).first().click();

export const choose =
  (name: string): Steps =>
  (page) =>
    page.getByRole('radio', { name }).check();

/** Waits until a text shows. */
export const see =
  (text: string | RegExp): Steps =>
  (page) =>
    page.getByText(text).first().waitFor();

/** Waits until a notification says so. */
export const hear =
  (text: string): Steps =>
  (page) =>
    page.getByRole('status').getByText(text).first().waitFor();

export const fill =
  (label: string, text: string): Steps =>
  (page) =>
    page.getByLabel(label, { exact: true }).fill(text);

export const width =
  (pixels: number): Steps =>
  (page) =>
    page.setViewportSize({ width: pixels, height: 800 });

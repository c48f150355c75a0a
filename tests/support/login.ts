import type { Page } from 'playwright-core';
import type { ArrivedMail } from './smtp.ts';

/** Fills the login page and sends it. */
export async function fillLogin(page: Page, loginID: string, password: string): Promise<void> {
  await page.getByLabel('Email, phone or username').fill(loginID);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** The password that a mail carries: in its text part it stands on a line of its own. */
export function passwordIn(mail: ArrivedMail | undefined): string {
  const lines = (mail?.parsed.text ?? '').split('\n').map((line) => line.trim());
  const alone = lines.find((line) => /^\S{8,}$/.test(line) && !line.includes('://'));
  if (alone === undefined) throw new Error(`no password in: ${mail?.parsed.text ?? 'no mail'}`);
  return alone;
}

/** The six digits that a mail carries, on a line of their own. */
export function codeIn(mail: ArrivedMail): string {
  const code = /^\s*(\d{6})\s*$/m.exec(mail.parsed.text ?? '')?.[1];
  if (code === undefined) throw new Error(`no code in: ${mail.parsed.text}`);
  return code;
}

import type pg from 'pg';
import type { Page } from 'playwright-core';
import type { ArrivedMail } from './smtp.ts';

const textOf = (mail: ArrivedMail): string => mail.parsed.text ?? '';

/** The link that a mail carries to a page for a new password. */
export function linkIn(mail: ArrivedMail): string {
  const link = /https?:\/\/\S+\/reset-password\?token=[\w-]+/.exec(textOf(mail))?.[0];
  if (link === undefined) throw new Error(`no link in: ${textOf(mail)}`);
  return link;
}

/** The six digits that a mail carries. */
export function codeIn(mail: ArrivedMail): string {
  const code = /^\s*(\d{3})[ -]?(\d{3})\s*$/m.exec(textOf(mail))?.slice(1).join('');
  if (code === undefined) throw new Error(`no code in: ${textOf(mail)}`);
  return code;
}

/** From *Forgot your password?* on: asks for a link or a code. */
export async function askForRecovery(page: Page, loginID: string, method: 'A link' | 'A code') {
  await page.getByLabel('Email, phone or username').fill(loginID);
  await page.getByRole('radio', { name: method }).check();
  await page.getByRole('button', { name: 'Continue' }).click();
}

/** From *Choose a new password* on. */
export async function setPassword(page: Page, password: string, confirmation = password): Promise<void> {
  await page.getByLabel('New password', { exact: true }).fill(password);
  await page.getByLabel('New password again').fill(confirmation);
  await page.getByRole('button', { name: 'Set password' }).click();
}

/** Lets the minute pass in which nothing is sent again. */
export async function endCooldown(db: pg.Client): Promise<void> {
  await db.query('delete from instance.rate_limits');
  await db.query("update codes set resend_at = created_at - interval '1 second'");
}

/** Lets everything run out that was sent. */
export const expireCodes = (db: pg.Client): Promise<unknown> =>
  db.query("update codes set expires_at = created_at - interval '1 second'");

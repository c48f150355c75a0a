import type { PageOptions } from './respond.ts';

/** Six digits, with what people and phones put between them. */
const SIX_DIGITS = /^[\s-]*(?:\d[\s-]*){6}$/;

/** What can be said of a typed code without comparing it. */
export function problemOfTypedCode(typed: string): 'missing' | 'notDigits' | undefined {
  if (typed.trim() === '') return 'missing';
  return SIX_DIGITS.test(typed) ? undefined : 'notDigits';
}

/** Why a code is of no use any more, whatever is typed. */
export type VoidReason = 'UsedCode' | 'CodeExpired' | 'TooManyTries';

export const isVoidCode = (reason: string): reason is VoidReason =>
  reason === 'UsedCode' || reason === 'CodeExpired' || reason === 'TooManyTries';

/** How the page that says so is answered. */
export const refusalOfVoid = (reason: VoidReason): PageOptions => ({
  status: reason === 'TooManyTries' ? 429 : 400,
});

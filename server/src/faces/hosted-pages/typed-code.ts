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

/** The status of the page that says so. */
export const statusOfVoid = (reason: VoidReason): 400 | 429 => (reason === 'TooManyTries' ? 429 : 400);

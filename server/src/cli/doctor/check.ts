/** What came of looking at one thing: what was found, or what to do about it. */
export interface Check {
  ok: boolean;
  detail: string;
}

export const fine = (detail: string): Check => ({ ok: true, detail });
export const wrong = (detail: string): Check => ({ ok: false, detail });

/** A check that could not be made because of what failed before it. */
export const notChecked = (first: string): Check => wrong(`not checked: put ${first} right first`);

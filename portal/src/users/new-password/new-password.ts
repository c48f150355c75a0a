/** `typed`: what stands in the field. `generated`: by the server, and sent; nobody here sees it. */
export type PasswordMode = 'none' | 'typed' | 'generated';

/** What a form that sets a password holds. */
export interface NewPassword {
  mode: PasswordMode;
  /** What stands in the field; counts in the mode `typed` only. */
  password: string;
  /** Whether the operator ticked that it is sent; automatic generation sends anyway. */
  send: boolean;
  /** Whether the next login must choose another one. */
  expire: boolean;
}

/** What the situation allows: whom it can be sent to, and whether operators may type. */
export interface Options {
  canSend: boolean;
  mayType: boolean;
}

/** The modes to choose from; empty when the project leaves none for this user. */
export function modesFor({ canSend, mayType }: Options, optional: boolean): PasswordMode[] {
  return [
    ...(optional ? ['none' as const] : []),
    ...(mayType ? ['typed' as const] : []),
    ...(canSend ? ['generated' as const] : []),
  ];
}

/** Whether the password goes to the user by mail. */
export function isSent({ mode, send }: NewPassword, { canSend }: Options): boolean {
  return canSend && (mode === 'generated' || (mode === 'typed' && send));
}

/** The password as the Admin API takes it: null for none, "" for one that it generates. */
export function passwordInput({ mode, password }: NewPassword): string | null {
  if (mode === 'none') return null;
  return mode === 'typed' ? password : '';
}

/** Whether the form could be saved, given that what is typed was checked and keeps the policy. */
export function isComplete(value: NewPassword, options: Options, keepsPolicy: boolean): boolean {
  if (value.mode === 'none') return true;
  if (value.mode === 'generated') return options.canSend;
  return options.mayType && value.password !== '' && keepsPolicy;
}

/** A password that came from *Generate*, and whether it was copied since. */
export interface Generated {
  password: string;
  copied: boolean;
}

/** Whether saving leaves a password that nobody knows: generated, not sent, and not copied. */
export function wouldBeLost(value: NewPassword, options: Options, generated: Generated | undefined): boolean {
  return (
    value.mode === 'typed' &&
    generated !== undefined &&
    generated.password === value.password &&
    !generated.copied &&
    !isSent(value, options)
  );
}

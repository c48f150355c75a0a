import { useState } from 'react';
import { type PolicyCause, policyCauses } from '../../api/error.ts';
import { copyText } from '../../layout/copy-text.ts';
import { notifyFailed } from '../../layout/notify.tsx';
import { t } from '../../words/index.ts';
import { type Generated, isComplete, type NewPassword, type Options, wouldBeLost } from './new-password.ts';
import { checklist, type PasswordPolicy, type Rule } from './policy.ts';
import { generatePassword } from './queries.ts';
import { usePasswordCheck } from './use-password-check.ts';

interface Situation {
  projectID: string;
  policy: PasswordPolicy;
  options: Options;
  /** The user whose login ids must not stand in the password; absent while there is none yet. */
  userID?: string;
  /** The same for a user who is about to be made. */
  loginIDs?: string[];
}

/** What surrounds a new password while a form is open: its check, where it came from, what was refused. */
export interface NewPasswordState {
  rules: Rule[];
  level: number;
  /** Why the password cannot be checked now. */
  checkError: Error | null;
  retryCheck(): void;
  isComplete: boolean;
  /** Whether saving leaves a password that nobody knows. */
  wouldBeLost: boolean;
  generate(): Promise<void>;
  /** Copies what stands in the field; tells whether it is on the clipboard. */
  copy(): Promise<boolean>;
  noteCopied(): void;
  /** Keeps what the server refused, so that the checklist says so until something else is typed. */
  noteRefusal(error: unknown): void;
}

/** Follows a form's new password. The form itself holds the value. */
export function useNewPassword(
  { projectID, policy, options, userID, loginIDs }: Situation,
  value: NewPassword,
  onPassword: (password: string) => void,
): NewPasswordState {
  const [generated, setGenerated] = useState<Generated>();
  const [refused, setRefused] = useState<{ password: string; causes: PolicyCause[] }>();
  const check = usePasswordCheck(projectID, { password: value.password, userID, loginIDs });
  const refusal = refused?.password === value.password ? refused.causes : undefined;

  const noteCopied = () =>
    setGenerated((before) => (before?.password === value.password ? { ...before, copied: true } : before));
  return {
    rules: checklist(policy, refusal ?? check.causes, userID === undefined),
    level: check.level,
    checkError: check.error,
    retryCheck: check.retry,
    isComplete: isComplete(value, options, check.keepsPolicy && refusal === undefined),
    wouldBeLost: wouldBeLost(value, options, generated),
    generate: async () => {
      try {
        const password = await generatePassword(projectID);
        setGenerated({ password, copied: false });
        onPassword(password);
      } catch (error) {
        notifyFailed(t('password.generateFailed'), error);
      }
    },
    copy: async () => {
      const isCopied = await copyText(value.password);
      if (isCopied) noteCopied();
      return isCopied;
    },
    noteCopied,
    noteRefusal: (error) => {
      const causes = policyCauses(error);
      if (causes.length > 0) setRefused({ password: value.password, causes });
    },
  };
}

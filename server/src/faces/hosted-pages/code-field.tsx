import type { ReactNode } from 'react';
import type { PageFrame } from './model.ts';
import { Field } from './parts.tsx';

/** More than six digits, for those who paste them with spaces or hyphens between them. */
const LONGEST_CODE = 32;

/** The one field for a code, which phones and mail programs fill. */
export function CodeField({ frame, error }: { frame: PageFrame; error?: string }): ReactNode {
  return (
    <Field
      name="code"
      label={frame.t('enterCode.code')}
      type="text"
      inputMode="numeric"
      autoComplete="one-time-code"
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      required
      maxLength={LONGEST_CODE}
      error={error}
      autoFocus
    />
  );
}

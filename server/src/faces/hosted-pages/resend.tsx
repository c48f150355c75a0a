import type { ReactNode } from 'react';
import type { PageFrame } from './model.ts';
import { SubmitButton, TextButton } from './parts.tsx';

/** Sends a link or a code once more. While that would be too soon, it says for how long. */
export function Resend(props: {
  frame: PageFrame;
  action: string;
  label: string;
  /** 0 where it may be sent at once. */
  secondsLeft: number;
  /** How much it stands out: the page's one act, a quiet second one, or a side way. */
  look: 'primary' | 'quiet' | 'text';
}): ReactNode {
  const { frame, label, secondsLeft, look } = props;
  // Where the number stands in the sentence is the language's affair.
  const [before, after] = frame.t('resend.wait', { seconds: '\n' }).split('\n');
  return (
    <form method="post" action={props.action} className={look === 'text' ? 'text-center text-sm' : undefined}>
      <input type="hidden" name="csrf" value={frame.csrfToken ?? ''} />
      <input type="hidden" name="resend" value="yes" />
      {look === 'text' ? (
        <TextButton>{label}</TextButton>
      ) : (
        <SubmitButton quiet={look === 'quiet'}>{label}</SubmitButton>
      )}
      {secondsLeft > 0 ? (
        <p data-until-zero className="mt-1.5 text-center text-sm text-muted">
          {before}
          <span data-seconds={secondsLeft} className="tabular-nums">
            {secondsLeft}
          </span>
          {after}
        </p>
      ) : null}
    </form>
  );
}

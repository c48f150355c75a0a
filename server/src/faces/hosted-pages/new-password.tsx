import type { ReactNode } from 'react';
import type { PageFrame, RuleLine } from './model.ts';
import { PasswordField } from './parts.tsx';

const STEPS = [1, 2, 3, 4, 5];

function RuleMark(): ReactNode {
  return (
    <svg aria-hidden="true" viewBox="0 0 16 16" className="rule-mark mt-0.5 size-4 shrink-0" fill="none">
      <circle className="mark-open" cx="8" cy="8" r="5.25" stroke="currentColor" strokeWidth="1.5" />
      <path
        className="mark-met"
        d="m3.5 8.5 3 3 6-7"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <path
        className="mark-broken"
        d="m4.5 4.5 7 7m0-7-7 7"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
      />
    </svg>
  );
}

function Checklist({ frame, rules }: { frame: PageFrame; rules: RuleLine[] }): ReactNode {
  const { t } = frame;
  const word = (state: RuleLine['state']): string => (state === 'open' ? '' : t(`rules.state.${state}`));
  return (
    <ul id="password-rules" className="mt-3 flex flex-col gap-1 text-sm text-muted">
      {rules.map((rule) => (
        <li
          key={rule.name}
          data-rule={rule.state}
          data-rule-name={rule.name}
          data-met-word={word('met')}
          className="flex gap-2"
        >
          <RuleMark />
          <span>
            {rule.text}
            <span data-rule-state className="sr-only">
              {word(rule.state)}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}

function StrengthMeter({ frame }: { frame: PageFrame }): ReactNode {
  return (
    <div hidden data-meter data-level="0" className="mt-2 flex items-center gap-3 text-sm text-muted">
      <span>{frame.t('strength.label')}</span>
      <span aria-hidden="true" className="flex flex-1 gap-1">
        {STEPS.map((step) => (
          <span key={step} className="strength-bar h-1 flex-1 rounded-full" />
        ))}
      </span>
      <strong role="status" data-meter-word className="w-24 font-medium text-ink" />
    </div>
  );
}

/**
 * The field for a new password with the policy as a checklist and a strength meter. Which rules the last try
 * broke stands in the checklist already; while typing, a script has the server judge again.
 */
export function NewPassword(props: {
  frame: PageFrame;
  label: string;
  rules: RuleLine[];
  /** The policy in the form password managers read (`passwordrules`). */
  passwordRules: string;
  error?: string;
  autoFocus?: boolean;
}): ReactNode {
  const { frame, rules } = props;
  // `passwordrules` is not among the attributes React knows; spread, it is written as it stands.
  const managers = { passwordrules: props.passwordRules };
  return (
    <div>
      <PasswordField
        frame={frame}
        name="new_password"
        label={props.label}
        autoComplete="new-password"
        required
        error={props.error}
        autoFocus={props.autoFocus}
        describedBy="password-rules"
        data-new-password
        {...managers}
      />
      <StrengthMeter frame={frame} />
      <Checklist frame={frame} rules={rules} />
    </div>
  );
}

/** The field below it for the same once more, so that a slip of the finger locks nobody out. */
export function Confirmation(props: { frame: PageFrame; error?: string; autoFocus?: boolean }): ReactNode {
  const { frame, error, autoFocus } = props;
  return (
    <PasswordField
      frame={frame}
      name="confirmation"
      label={frame.t('change.confirmation')}
      autoComplete="new-password"
      required
      error={error}
      autoFocus={autoFocus}
    />
  );
}

import type { ReactNode } from 'react';
import type { PageFrame } from './model.ts';
import { Field } from './parts.tsx';

type LoginIDType = 'email' | 'phone' | 'username';

/** The longest login id a form takes; what is longer is refused like a wrong one. */
export const LONGEST_LOGIN_ID = 320;

/** In the order the words name them. */
const TYPES: readonly LoginIDType[] = ['email', 'phone', 'username'];

/** The field for what people sign in with, named by the kinds that the project has. */
export function LoginIDField(props: {
  frame: PageFrame;
  types: readonly LoginIDType[];
  value?: string;
  error?: string;
  invalid?: boolean;
  describedBy?: string;
  autoFocus?: boolean;
}): ReactNode {
  const { frame, value, ...field } = props;
  const types = TYPES.filter((type) => props.types.includes(type));
  const keyboard = types.includes('email') ? 'email' : types.includes('username') ? 'text' : 'tel';
  return (
    <Field
      name="login_id"
      label={frame.t(`login.loginID.${types.join('_')}`)}
      type="text"
      inputMode={keyboard}
      autoComplete="username"
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      required
      maxLength={LONGEST_LOGIN_ID}
      defaultValue={value?.slice(0, LONGEST_LOGIN_ID)}
      error={field.error}
      invalid={field.invalid}
      describedBy={field.describedBy}
      autoFocus={field.autoFocus}
    />
  );
}

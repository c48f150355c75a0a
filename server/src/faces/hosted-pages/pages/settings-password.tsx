import type { ReactNode } from 'react';
import { Layout } from '../layout.tsx';
import type { PageFrame, RuleLine } from '../model.ts';
import { Confirmation, NewPassword } from '../new-password.tsx';
import { Alert, Form, HiddenUsername, PasswordField, SubmitButton, TextLink } from '../parts.tsx';

/** Changes the password of who is signed in. */
export function SettingsPasswordPage(props: {
  frame: PageFrame;
  action: string;
  judge: string;
  loginID: string;
  rules: RuleLine[];
  passwordRules: string;
  /** Whether *Sign out everywhere else* is ticked. */
  endOthers: boolean;
  /** A sentence about the whole attempt, such as how long to wait. */
  alert?: string;
  errors?: { currentPassword?: string; newPassword?: string; confirmation?: string };
}): ReactNode {
  const { frame, errors } = props;
  const { t } = frame;
  const failed = Boolean(
    props.alert || errors?.currentPassword || errors?.newPassword || errors?.confirmation,
  );
  return (
    <Layout frame={frame} title={t('settings.password.title')} failed={failed}>
      {props.alert ? <Alert>{props.alert}</Alert> : null}
      <Form frame={frame} action={props.action} judge={props.judge}>
        <HiddenUsername loginID={props.loginID} />
        <PasswordField
          frame={frame}
          name="current_password"
          label={t('settings.password.current')}
          autoComplete="current-password"
          required
          error={errors?.currentPassword}
          autoFocus
        />
        <NewPassword
          frame={frame}
          label={t('settings.password.new')}
          rules={props.rules}
          passwordRules={props.passwordRules}
          error={errors?.newPassword}
        />
        <Confirmation frame={frame} error={errors?.confirmation} />
        <div className="flex items-start gap-2.5">
          <input
            type="checkbox"
            id="end_others"
            name="end_others"
            value="yes"
            defaultChecked={props.endOthers}
            aria-describedby="end-others-hint"
            className="mt-0.5 size-4.5 shrink-0 accent-brand"
          />
          <div>
            <label htmlFor="end_others" className="block font-medium">
              {t('settings.password.endOthers')}
            </label>
            <p id="end-others-hint" className="text-sm text-muted">
              {t('settings.password.endOthersHint')}
            </p>
          </div>
        </div>
        <SubmitButton>{t('settings.password.submit')}</SubmitButton>
      </Form>
      <p className="mt-4 text-center text-sm">
        <TextLink href="/settings">{t('settings.back')}</TextLink>
      </p>
    </Layout>
  );
}

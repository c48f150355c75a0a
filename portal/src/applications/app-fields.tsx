import { Accordion, Stack, Textarea, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { t } from '../words/index.ts';
import { type AppValues, signsIn } from './app-values.ts';

const MORE = ['postLogoutRedirectURIs', 'clientURI', 'initiateLoginURI', 'backchannelLogoutURI'] as const;

interface AppFieldsProps {
  form: UseFormReturnType<AppValues>;
  readOnly?: boolean;
}

/** The name and the addresses of an app; what few need is folded away. */
export function AppFields({ form, readOnly }: AppFieldsProps) {
  const { type } = form.values;
  const isOpen = MORE.some((field) => form.values[field] !== '' || form.errors[field] !== undefined);
  return (
    <Stack gap="lg">
      <TextInput
        label={t('app.name')}
        description={t('app.nameAbout')}
        autoComplete="off"
        readOnly={readOnly}
        data-field="name"
        {...form.getInputProps('name')}
      />
      {signsIn(type) && (
        <Textarea
          label={t('app.redirectURIs')}
          description={t('app.redirectURIsAbout')}
          placeholder={
            type === 'NATIVE'
              ? 'com.example.app://callback\nhttp://127.0.0.1/callback'
              : 'https://app.example.com/callback\nhttp://localhost:3000/callback'
          }
          autosize
          minRows={2}
          maxRows={10}
          spellCheck={false}
          readOnly={readOnly}
          data-field="redirectURIs"
          {...form.getInputProps('redirectURIs')}
        />
      )}
      <Accordion variant="contained" defaultValue={isOpen ? 'more' : null} order={2}>
        <Accordion.Item value="more">
          <Accordion.Control>{t('app.more')}</Accordion.Control>
          <Accordion.Panel>
            <Stack gap="md">
              {signsIn(type) && (
                <Textarea
                  label={t('app.postLogoutRedirectURIs')}
                  description={t('app.postLogoutRedirectURIsAbout')}
                  autosize
                  minRows={1}
                  maxRows={10}
                  spellCheck={false}
                  readOnly={readOnly}
                  data-field="postLogoutRedirectURIs"
                  {...form.getInputProps('postLogoutRedirectURIs')}
                />
              )}
              {(signsIn(type)
                ? (['clientURI', 'initiateLoginURI', 'backchannelLogoutURI'] as const)
                : (['clientURI'] as const)
              ).map((field) => (
                <TextInput
                  key={field}
                  type="url"
                  label={t(`app.${field}`)}
                  description={t(`app.${field}About`)}
                  autoComplete="off"
                  readOnly={readOnly}
                  data-field={field}
                  {...form.getInputProps(field)}
                />
              ))}
            </Stack>
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
    </Stack>
  );
}

/** Puts the keyboard where the first refusal stands. */
export function focusField(errors: Record<string, unknown>): void {
  const [first] = Object.keys(errors);
  // The panel that holds it may only just be opening.
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-field="${first}"]`)?.focus());
}

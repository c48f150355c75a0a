import { Checkbox, NumberInput, Stack, Switch, TagsInput, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../words/index.ts';
import type { Field } from './use-settings-form.ts';

interface FieldProps<Value> {
  field: Field<Value>;
  label: string;
  /** What it does, in a sentence. */
  about?: ReactNode;
}

interface ToggleProps extends FieldProps<boolean> {
  /** A box where it is one of several that belong together. */
  box?: boolean;
}

/** Something that is on or off. */
export function SettingToggle({ field, label, about, box = false }: ToggleProps) {
  const Control = box ? Checkbox : Switch;
  return (
    <Control
      id={field.id}
      label={label}
      description={about}
      checked={field.value}
      disabled={field.isReadOnly}
      error={field.error}
      onChange={(event) => field.set(event.currentTarget.checked)}
    />
  );
}

interface NumberProps extends FieldProps<number> {
  range: Range;
  suffix?: string;
}

interface Range {
  min: number;
  max: number;
}

/** Says what is wrong with what is no whole number of the range. */
export const within =
  ({ min, max }: Range) =>
  (value: unknown): string | undefined =>
    Number.isInteger(value) && (value as number) >= min && (value as number) <= max
      ? undefined
      : t('settings.wholeNumber', { min, max });

/** A whole number. What is typed stays as it is; a wrong one is told when it is saved. */
export function SettingNumber({ field, label, about, range, suffix }: NumberProps) {
  return (
    <NumberInput
      id={field.id}
      label={label}
      description={about}
      value={field.value}
      min={range.min}
      max={range.max}
      clampBehavior="none"
      allowDecimal={false}
      suffix={suffix}
      maw={220}
      styles={{ description: { width: 'max-content', maxWidth: 'min(540px, 80vw)' } }}
      readOnly={field.isReadOnly}
      variant={field.isReadOnly ? 'filled' : 'default'}
      error={field.error}
      onChange={(value) => field.set(value as number)}
    />
  );
}

interface TextProps extends FieldProps<string | null> {
  placeholder?: string;
  type?: 'text' | 'email' | 'url';
}

/** A text; an empty one takes the default. */
export function SettingText({ field, label, about, placeholder, type }: TextProps) {
  return (
    <TextInput
      id={field.id}
      type={type}
      label={label}
      description={about}
      placeholder={placeholder}
      autoComplete="off"
      value={field.value ?? ''}
      readOnly={field.isReadOnly}
      variant={field.isReadOnly ? 'filled' : 'default'}
      error={field.error}
      onChange={({ currentTarget: { value } }) => field.set(value === '' ? null : value)}
    />
  );
}

interface WordsProps extends FieldProps<string[]> {
  placeholder?: string;
}

/** What was pasted or typed with commas becomes a word each. */
const singleWords = (words: readonly string[]): string[] => [
  ...new Set(
    words
      .flatMap((word) => word.split(/[,;\n]/))
      .map((word) => word.trim())
      .filter(Boolean),
  ),
];

/** A list of words. */
export function SettingWords({ field, label, about, placeholder }: WordsProps) {
  const words = field.value;
  return (
    <TagsInput
      id={field.id}
      label={label}
      description={about}
      placeholder={words.length === 0 ? (field.isReadOnly ? t('settings.noWords') : placeholder) : undefined}
      value={words}
      splitChars={[',', ';', '\n']}
      acceptValueOnBlur
      clearable={!field.isReadOnly}
      clearButtonProps={{ 'aria-label': t('settings.clearWords') }}
      readOnly={field.isReadOnly}
      variant={field.isReadOnly ? 'filled' : 'default'}
      error={field.error}
      onChange={(next) => field.set(singleWords(next))}
    />
  );
}

interface ChoicesProps extends FieldProps<string[]> {
  choices: readonly { value: string; label: string; about?: string }[];
}

/** Some of a few things that there are. */
export function SettingChoices({ field, label, about, choices }: ChoicesProps) {
  const chosen = field.value;
  return (
    <Checkbox.Group label={label} description={about} value={chosen} error={field.error}>
      <Stack gap="sm" mt="xs">
        {choices.map(({ value, label: words, about: more }, index) => (
          <Checkbox
            key={value}
            id={index === 0 ? field.id : undefined}
            value={value}
            label={words}
            description={more}
            disabled={field.isReadOnly}
            onChange={(event) => {
              const isChosen = event.currentTarget.checked;
              const next = choices.filter((choice) =>
                choice.value === value ? isChosen : chosen.includes(choice.value),
              );
              field.set(next.map((choice) => choice.value));
            }}
          />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

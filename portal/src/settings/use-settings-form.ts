import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { meQuery } from '../api/me.ts';
import { type LeaveGuard, useLeaveGuard } from '../layout/leave-guard.ts';
import { notifyDone } from '../layout/notify.tsx';
import { t } from '../words/index.ts';
import { setSettings, settingsQuery } from './queries.ts';
import { NO_ERRORS, type SettingErrors, settingErrors } from './setting-errors.ts';
import type { SettingChange, SettingKey, SettingValues } from './setting-values.ts';

/** What is wrong with a value, in words; undefined where nothing is. */
export type Check = (value: unknown) => string | undefined;

export type Checks<Key extends SettingKey> = Partial<Record<Key, Check>>;

/** One setting, for its field. */
export interface Field<Value> {
  id: string;
  value: Value;
  set(value: Value): void;
  /** What stands under it. */
  error: string | undefined;
  isReadOnly: boolean;
}

/** The settings of a page while somebody changes them. */
export interface SettingsForm<Key extends SettingKey = SettingKey> {
  /** As they would be saved now. */
  values: Pick<SettingValues, Key>;
  field<K extends Key>(key: K): Field<SettingValues[K]>;
  /** Takes back what was changed of this one. */
  unset(key: Key): void;
  /** Why it was not saved, where no field is to blame. */
  error: string | undefined;
  /** What differs from what is saved. */
  changes: SettingChange[];
  /** Whether each of them can be saved, as far as this page can tell. */
  isSound: boolean;
  isDirty: boolean;
  isBusy: boolean;
  /** Whether this operator may only look. */
  isReadOnly: boolean;
  /** How often it was saved or discarded: what is kept beside it begins anew. */
  round: number;
  discard(): void;
  /** Tells what is wrong under the fields; whether nothing is. */
  check(): boolean;
  /** Tells under the fields what the server refused. */
  refuse(error: unknown): void;
  submit(event?: FormEvent): void;
  guard: LeaveGuard;
  /** Takes the focus once nothing is left to save. */
  ref: React.RefObject<HTMLFormElement | null>;
}

interface Situation<Key extends SettingKey> {
  projectID: string;
  keys: readonly Key[];
  saved: Pick<SettingValues, Key>;
  isReadOnly: boolean;
  checks?: Checks<Key>;
}

const fieldID = (key: string): string => `setting-${key.replace('.', '-')}`;

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Follows a form of settings: what was changed, whether it can be saved, and what the server says of it. */
export function useSettingsForm<Key extends SettingKey>(situation: Situation<Key>): SettingsForm<Key> {
  const { projectID, keys, saved, isReadOnly, checks = {} as Checks<Key> } = situation;
  const [drafts, setDrafts] = useState<Partial<Record<Key, unknown>>>({});
  const [errors, setErrors] = useState<SettingErrors>(NO_ERRORS);
  const [round, setRound] = useState(0);
  const queryClient = useQueryClient();
  const ref = useRef<HTMLFormElement>(null);

  const changes = keys
    .filter((key) => key in drafts && !isSame(drafts[key], saved[key]))
    .map((key) => ({ key, value: drafts[key] }));
  const isDirty = changes.length > 0;
  const guard = useLeaveGuard(isDirty);

  const wrong = (): Record<string, string> =>
    Object.fromEntries(
      changes.flatMap(({ key, value }) => {
        const words = checks[key]?.(value);
        return words === undefined ? [] : [[key, words]];
      }),
    );
  const show = (found: SettingErrors) => {
    setErrors(found);
    const first = keys.find((key) => found.byKey[key] !== undefined);
    if (first !== undefined) document.getElementById(fieldID(first))?.focus();
  };

  const check = (): boolean => {
    const found = wrong();
    if (Object.keys(found).length > 0) show({ byKey: found });
    return Object.keys(found).length === 0;
  };
  const refuse = (error: unknown) => show(settingErrors(error, keys));
  const beginAnew = () => {
    setDrafts({});
    setErrors(NO_ERRORS);
    setRound((before) => before + 1);
    ref.current?.focus({ preventScroll: true });
  };

  const save = useMutation({
    mutationFn: () => setSettings(projectID, changes),
    onSuccess: async (now) => {
      queryClient.setQueryData(settingsQuery(projectID, keys).queryKey, (before) =>
        before === undefined ? before : { ...before, ...now },
      );
      beginAnew();
      notifyDone({ title: t('settings.saved') });
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: [projectID] }),
        queryClient.invalidateQueries(meQuery),
      ]);
    },
    onError: refuse,
  });

  const forget = (key: Key) => {
    if (errors.byKey[key] === undefined && errors.form === undefined) return;
    const { [key]: _, ...byKey } = errors.byKey;
    setErrors({ byKey });
  };
  const values = { ...saved, ...(drafts as Partial<Pick<SettingValues, Key>>) };
  return {
    values,
    field: (key) => ({
      id: fieldID(key),
      value: values[key] as SettingValues[typeof key],
      set(value) {
        setDrafts((before) => ({ ...before, [key]: value }));
        forget(key);
      },
      error: errors.byKey[key],
      isReadOnly,
    }),
    unset(key) {
      setDrafts(({ [key]: _, ...others }) => others as Partial<Record<Key, unknown>>);
      forget(key);
    },
    error: errors.form,
    changes,
    isSound: Object.keys(wrong()).length === 0,
    isDirty,
    isBusy: save.isPending,
    isReadOnly,
    round,
    discard: beginAnew,
    check,
    refuse,
    submit(event) {
      event?.preventDefault();
      if (!isDirty || save.isPending || isReadOnly) return;
      if (check()) save.mutate();
    },
    guard,
    ref,
  };
}

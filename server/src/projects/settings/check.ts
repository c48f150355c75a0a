import type { z } from 'zod';
import { invalidProject } from '../errors.ts';
import { SETTING_SCHEMAS } from './index.ts';

/** How many letters must change to turn one text into the other (Levenshtein). */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const substituted = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(substituted, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

const NEAR = 4;
const LONGEST_KEY = 100;

/** Names that the writer may have meant: a few letters off, or the same last part. */
function nearKeys(key: string): string[] {
  const wanted = key.toLowerCase().slice(0, LONGEST_KEY);
  const last = wanted.split('.').at(-1) ?? wanted;
  const known = [...SETTING_SCHEMAS.keys()];
  const near = known
    .map((name) => ({
      name,
      far: Math.min(distance(wanted, name), distance(last, name.split('.')[1] ?? '')),
    }))
    .filter(({ far }) => far <= NEAR)
    .sort((a, b) => a.far - b.far)
    .map(({ name }) => name);
  const sameGroup = known.filter((name) => name.startsWith(`${wanted.split('.')[0]}.`));
  return (near.length > 0 ? near : sameGroup).slice(0, 5);
}

/**
 * The schema of a setting.
 * @throws Invalid `UnknownSetting`, naming the settings that come near
 */
export function settingSchema(key: string): z.ZodType {
  const schema = SETTING_SCHEMAS.get(key);
  if (schema !== undefined) return schema;
  const near = nearKeys(key);
  const hint =
    near.length > 0 ? `did you mean ${near.join(', ')}?` : '"latchkey settings get" lists them all';
  throw invalidProject('UnknownSetting', `there is no setting "${key.slice(0, LONGEST_KEY)}": ${hint}`, {
    near,
  });
}

/** A setting and what it is to be; an undefined value brings the default back. */
export interface SettingChange {
  /** Dotted, such as `passwords.min_length`. */
  key: string;
  /** As JSON has it. */
  value: unknown;
}

/** What is wrong with a value, in words that say what it takes. */
interface SettingProblem {
  key: string;
  message: string;
}

const textsIn = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : Array.isArray(value) ? value.flatMap(textsIn) : [];

/** PostgreSQL holds no NUL, and UTF-8 no half of a surrogate pair. */
const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

/** The value in its stored form, or what is wrong with it. */
function parseSetting({ key, value }: SettingChange): { value: unknown } | { problem: SettingProblem } {
  const schema = settingSchema(key);
  const { success, data, error } = schema.safeParse(value);
  const isUsable = success && textsIn(data).every(isStorable);
  if (isUsable) return { value: value === undefined ? undefined : data };
  const issues = error?.issues.map(({ message }) => message) ?? ['it holds a character that is none'];
  const takes = schema.description === undefined ? '' : ` (${schema.description})`;
  return { problem: { key, message: `${[...new Set(issues)].join('; ')}${takes}` } };
}

/**
 * Checks values for settings, each given once, and returns them in their stored form.
 * @throws Invalid `UnknownSetting`; `InvalidSetting` with all that is wrong: `info.problems` has `key` and
 *   `message` of each, `info.key` is the first
 */
export function checkSettings(changes: readonly SettingChange[]): SettingChange[] {
  const problems: SettingProblem[] = [];
  const checked: SettingChange[] = [];
  for (const [index, change] of changes.entries()) {
    const { key } = change;
    const parsed = parseSetting(change);
    if ('problem' in parsed) problems.push(parsed.problem);
    else checked.push({ key, value: parsed.value });
    if (changes.findIndex((other) => other.key === key) < index) {
      problems.push({ key, message: 'it is given twice: give it once' });
    }
  }
  const [first] = problems;
  if (first === undefined) return checked;
  const message = problems.map((problem) => `${problem.key}: ${problem.message}`).join('; ');
  throw invalidProject('InvalidSetting', message, { key: first.key, problems });
}

/**
 * Reads a setting's value from a command line: JSON where it is that (`12`, `true`, `["a","b"]`, `null`),
 * otherwise the text itself, or words with commas between them for a list.
 * @throws as `checkSettings`
 */
export function settingFromText(key: string, text: string): unknown {
  const schema = settingSchema(key);
  const candidates: unknown[] = [text, text.split(',').map((word) => word.trim())];
  try {
    candidates.unshift(JSON.parse(text));
  } catch {
    // No JSON: a bare word is a text.
  }
  const fitting = candidates.find((candidate) => schema.safeParse(candidate).success);
  if (fitting === undefined) checkSettings([{ key, value: candidates[0] }]);
  return fitting;
}

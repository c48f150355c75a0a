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

/**
 * Checks a value for a setting and returns it in its stored form.
 * @throws Invalid `UnknownSetting`; `InvalidSetting`, naming the setting and what it takes
 */
export function checkSetting(key: string, value: unknown): unknown {
  const schema = settingSchema(key);
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => issue.message).join('; ');
  const takes = schema.description === undefined ? '' : ` (${schema.description})`;
  throw invalidProject('InvalidSetting', `${key}${takes}: ${problems}`, { key });
}

/**
 * Reads a setting's value from a command line: JSON where it is that (`12`, `true`, `["a","b"]`, `null`),
 * otherwise the text itself, or words with commas between them for a list.
 * @throws as `checkSetting`
 */
export function settingFromText(key: string, text: string): unknown {
  const schema = settingSchema(key);
  const candidates: unknown[] = [text, text.split(',').map((word) => word.trim())];
  try {
    candidates.unshift(JSON.parse(text));
  } catch {
    // No JSON: a bare word is a text.
  }
  return (
    candidates.find((candidate) => schema.safeParse(candidate).success) ?? checkSetting(key, candidates[0])
  );
}

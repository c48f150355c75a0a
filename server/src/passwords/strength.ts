import type { ZxcvbnFactory } from '@zxcvbn-ts/core';
import type { PolicyHints } from './model.ts';

/** Longer passwords are judged by their beginning: zxcvbn's work grows with the square of the length. */
const LONGEST_JUDGED = 64;
const MOST_HINTS = 20;

/** Substitutions such as 4 for a that are tried at the most. A hundred, the default, takes 250 ms. */
const MOST_SUBSTITUTIONS = 10;

let loading: Promise<ZxcvbnFactory> | undefined;

/** The dictionaries take 30 MB and 150 ms, so they come with the first password that is judged. */
async function load(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, common, english] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
  ]);
  return new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
    l33tMaxSubstitutions: MOST_SUBSTITUTIONS,
  });
}

const beginning = (text: string): string =>
  Array.from(text.slice(0, LONGEST_JUDGED * 2))
    .slice(0, LONGEST_JUDGED)
    .join('');

/**
 * How hard a password is to guess, from 1 (at once) to 5 (very hard): the score of zxcvbn (Wheeler, USENIX
 * Security 2016) plus one. Words in the hints count as the first guesses. The work is bounded for any input.
 */
export async function passwordStrength(password: string, hints: PolicyHints): Promise<number> {
  loading ??= load();
  const words = [...hints.loginIDs.slice(0, MOST_HINTS), hints.projectName].map(beginning);
  return (await loading).check(beginning(password), words).score + 1;
}

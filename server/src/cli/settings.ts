import type { Command } from 'commander';
import { type Answer, answer } from './answer.ts';
import type { CommandIO } from './io.ts';
import { addNoun } from './noun.ts';
import { BY_COMMAND_LINE, withCapabilities } from './open.ts';
import { type CommonOptions, jsonOption, projectOption } from './options.ts';
import { readLine } from './read-line.ts';
import { facts } from './text.ts';

/** Takes the value from standard input, where arguments would show in the list of processes. */
const FROM_STDIN = '-';

/** `latchkey settings`: what is set of a project, by dotted names such as `passwords.min_length`. */
export function addSettings(program: Command, io: CommandIO): void {
  const settings = addNoun(program, 'settings', 'settings of a project');

  settings
    .command('get')
    .description('print the settings, or one of them; of secret ones, only that they are set')
    .argument('[key]', 'a dotted name, such as passwords.min_length')
    .addOption(projectOption())
    .addOption(jsonOption())
    .action((key: string | undefined, options: CommonOptions) =>
      answer(io, options, () => getSettings(io, options.project, key)),
    );

  settings
    .command('set')
    .description('set one setting')
    .argument('<key>', 'a dotted name, such as passwords.min_length')
    .argument('<value>', 'JSON, or words with commas between them for a list; - reads it from standard input')
    .addOption(projectOption())
    .addOption(jsonOption())
    .action((key: string, value: string, options: CommonOptions) =>
      answer(io, options, () => changeSetting(io, options.project, key, value)),
    );
}

const getSettings = (io: CommandIO, projectID: string, key: string | undefined): Promise<Answer> =>
  withCapabilities(io, async ({ projects }) => {
    const all = await projects.describeSettings(await projects.get(projectID));
    if (key === undefined) return { json: all, text: facts(mapValues(all, inWords)) };
    const { settingSchema } = await import('../projects/index.ts');
    settingSchema(key);
    return { json: { [key]: all[key] }, text: inWords(all[key]) };
  });

const changeSetting = (io: CommandIO, projectID: string, key: string, text: string): Promise<Answer> =>
  withCapabilities(io, async ({ projects }) => {
    const { settingFromText } = await import('../projects/index.ts');
    const project = await projects.get(projectID);
    const given = text === FROM_STDIN ? await readLine(io) : text;
    await projects.setSetting(project, key, settingFromText(key, given), BY_COMMAND_LINE);
    const now = (await projects.describeSettings(project))[key];
    return { json: { [key]: now }, text: `${key} is ${inWords(now)} now.` };
  });

/** A text as it is, anything else as JSON. */
const inWords = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const mapValues = <A, B>(object: Record<string, A>, change: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));

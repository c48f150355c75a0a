import type { Command } from 'commander';
import { type Answer, answer } from './answer.ts';
import type { CommandIO } from './io.ts';
import { addNoun } from './noun.ts';
import { BY_COMMAND_LINE, withCapabilities } from './open.ts';
import { jsonOption } from './options.ts';
import { facts, table } from './text.ts';

/** `latchkey projects`: the pools of users on this server. */
export function addProjects(program: Command, io: CommandIO): void {
  const projects = addNoun(program, 'projects', 'projects: pools of users with settings of their own');

  projects
    .command('create')
    .description('make a project')
    .requiredOption('--name <name>', 'how people call it')
    .option(
      '--origin <url>',
      'where it answers, such as https://login.example.com (http://<id>.localhost unless told)',
    )
    .addOption(jsonOption())
    .action((options: { name: string; origin?: string; json?: boolean }) =>
      answer(io, options, () => createProject(io, options)),
    );

  projects
    .command('list')
    .description('list the projects')
    .addOption(jsonOption())
    .action((options: { json?: boolean }) => answer(io, options, () => listProjects(io)));
}

const createProject = (io: CommandIO, input: { name: string; origin?: string }): Promise<Answer> =>
  withCapabilities(io, async ({ projects }) => {
    const { name, origin } = input;
    const project = await projects.create({ name, origin }, BY_COMMAND_LINE);
    return {
      json: { projectID: project.id },
      text: `Project made.\n\n${facts({ 'Project ID': project.id, Name: project.name, Origin: project.origin })}`,
    };
  });

const listProjects = (io: CommandIO): Promise<Answer> =>
  withCapabilities(io, async ({ projects }) => {
    const all = (await projects.list()).map(({ id, name, origin }) => ({ projectID: id, name, origin }));
    return {
      json: { projects: all },
      text: table(
        ['PROJECT ID', 'NAME', 'ORIGIN'],
        all.map(({ projectID, name, origin }) => [projectID, name, origin]),
      ),
    };
  });

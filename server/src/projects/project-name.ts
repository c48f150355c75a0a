import { invalidProject } from './errors.ts';

const LONGEST_NAME = 100;

/**
 * A project's name as it is stored.
 * @throws Invalid `InvalidProject`
 */
export function checkProjectName(text: string): string {
  const name = text.trim();
  if (name !== '' && name.length <= LONGEST_NAME && name.isWellFormed() && !/\p{Cc}/u.test(name)) return name;
  throw invalidProject(
    'InvalidProject',
    `give the project a name of 1 to ${LONGEST_NAME} characters on one line`,
    { field: 'name' },
  );
}

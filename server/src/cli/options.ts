import { Option } from 'commander';
import type { HOME } from '../projects/index.ts';

/** Written out, so that `--help` loads nothing. */
const DEFAULT_PROJECT: typeof HOME = 'home';

export const jsonOption = (): Option => new Option('--json', 'print one JSON object, for scripts');

export const projectOption = (): Option =>
  new Option('--project <id>', 'the project it is about').default(DEFAULT_PROJECT);

/** What a command that takes both is given. */
export interface CommonOptions {
  json?: boolean;
  project: string;
}

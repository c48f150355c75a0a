import type { Capabilities } from '../../capabilities.ts';
import { wordsForFailure } from '../failure.ts';
import type { CommandIO } from '../io.ts';
import { withCapabilities } from '../open.ts';
import { type Check, notChecked, wrong } from './check.ts';
import { checkDatabase } from './database.ts';
import { checkMail, type NamedServer } from './mail.ts';
import { checkSettings } from './settings.ts';

/** Everything that is looked at, in the order of who needs whom. */
export interface Findings {
  settings: Check;
  database: Check;
  migrations: Check;
  smtp: Check;
}

/** Looks at everything a server needs, without starting one; changes nothing. */
export async function examine(io: CommandIO): Promise<Findings> {
  const { check, config } = checkSettings(io.env);
  if (!config) {
    const later = notChecked('the settings');
    return { settings: check, database: later, migrations: later, smtp: later };
  }
  const { isSetUp, ...found } = await checkDatabase(config);
  const { problem, servers } = isSetUp ? await lookInside(io) : { servers: [] };
  return { settings: problem ?? check, ...found, smtp: await checkMail(config, servers) };
}

/** Opens what the settings lead to, which shows whether the secret opens it, and reads whose mail goes where. */
async function lookInside(io: CommandIO): Promise<{ problem?: Check; servers: NamedServer[] }> {
  try {
    return { servers: await withCapabilities(io, mailServersOf, { looksOnly: true }) };
  } catch (error) {
    return { problem: wrong(wordsForFailure(error)), servers: [] };
  }
}

async function mailServersOf({ projects }: Capabilities): Promise<NamedServer[]> {
  const named = await Promise.all(
    (await projects.list()).map(async (project) => ({
      name: `project ${project.id}`,
      url: (await projects.settings(project)).messages.smtp_url,
    })),
  );
  return named.filter((server): server is NamedServer => server.url !== null);
}

import { type Command, Option } from 'commander';
import type { ClientType } from '../oidc/index.ts';
import { type Answer, answer } from './answer.ts';
import type { CommandIO } from './io.ts';
import { addNoun } from './noun.ts';
import { BY_COMMAND_LINE, withCapabilities } from './open.ts';
import { type CommonOptions, jsonOption, projectOption } from './options.ts';
import { facts, table } from './text.ts';

const TYPES: readonly ClientType[] = ['spa', 'web', 'native', 'm2m'];

interface CreateOptions extends CommonOptions {
  name: string;
  type: ClientType;
  redirectUri?: string[];
  postLogoutRedirectUri?: string[];
  clientUri?: string;
  initiateLoginUri?: string;
  backchannelLogoutUri?: string;
}

/** `latchkey clients`: the apps that sign users in with a project. */
export function addClients(program: Command, io: CommandIO): void {
  const clients = addNoun(program, 'clients', 'the apps that sign users in with a project');
  clients
    .command('create')
    .description('make an app that signs users in; its secret, where it has one, is shown this once')
    .requiredOption('--name <name>', 'how people call the app')
    .addOption(
      new Option(
        '--type <type>',
        'where the app runs: in a browser, on a server, on a device, or without users',
      )
        .choices(TYPES)
        .makeOptionMandatory(),
    )
    .option('--redirect-uri <url...>', 'where the browser returns to after signing in; one or more')
    .option('--post-logout-redirect-uri <url...>', 'where the browser may return to after signing out')
    .option('--client-uri <url>', "the app's home page")
    .option('--initiate-login-uri <url>', 'where a sign-in to the app is begun from here')
    .option('--backchannel-logout-uri <url>', 'where the app is told that a session has ended')
    .addOption(projectOption())
    .addOption(jsonOption())
    .action((options: CreateOptions) => answer(io, options, () => makeClient(io, options)));

  clients
    .command('list')
    .description('list the apps, the first made first')
    .addOption(projectOption())
    .addOption(jsonOption())
    .action((options: CommonOptions) => answer(io, options, () => listClients(io, options)));
}

const makeClient = (io: CommandIO, options: CreateOptions): Promise<Answer> =>
  withCapabilities(io, async (capabilities) => {
    const { createClient } = await import('../oidc/index.ts');
    const { name, type, redirectUri = [], postLogoutRedirectUri = [] } = options;
    const { clientUri, initiateLoginUri, backchannelLogoutUri } = options;
    const project = await capabilities.projects.get(options.project);
    const { clientID, clientSecret } = await createClient(
      capabilities,
      project,
      {
        name,
        type,
        redirectURIs: redirectUri,
        postLogoutRedirectURIs: postLogoutRedirectUri,
        clientURI: clientUri,
        initiateLoginURI: initiateLoginUri,
        backchannelLogoutURI: backchannelLogoutUri,
      },
      BY_COMMAND_LINE,
    );
    const known = facts({ 'Client ID': clientID, 'Client secret': clientSecret, Issuer: project.origin });
    return { json: { clientID, clientSecret }, text: `App made.\n\n${known}` };
  });

const listClients = (io: CommandIO, options: CommonOptions): Promise<Answer> =>
  withCapabilities(io, async (capabilities) => {
    const { clientsOf } = await import('../oidc/index.ts');
    const project = await capabilities.projects.get(options.project);
    const clients = await clientsOf(capabilities, project).list();
    return {
      json: { clients },
      text: table(
        ['CLIENT ID', 'TYPE', 'NAME'],
        clients.map(({ clientID, type, name }) => [clientID, type, name]),
      ),
    };
  });

import type { Browser, Page } from 'playwright-core';
import { type AdminClient, adminClient } from '../../support/admin-client.ts';
import { launchBrowser } from '../../support/browser.ts';
import { mailReader } from '../../support/mail-reader.ts';
import { type Account, enterPortal } from '../../support/operator.ts';
import { STAGE_PASSWORD, type Stage, type StageUser, startStage } from '../../support/stage.ts';

/** Who looks at a screen: an owner of everything, a viewer, somebody with no project, or nobody in particular. */
export type Viewer = 'owner' | 'viewer' | 'outsider' | 'anybody';

/**
 * What the screens show: the home project, whose mails end in the mailbox; `mailed` with a mail server and some
 * users; and an empty one.
 */
export interface World {
  stage: Stage;
  /** The address of a page of the portal, below its project. */
  portal(project: Project, path: string): string;
  /** The address of a page of a project's own. */
  hosted(project: Project, path: string): string;
  /** Opens a browser as they have it: signed in to the portal, unless it is anybody. */
  enter(viewer: Viewer): Promise<Page>;
  /** Changes a setting of a project, with the command line. */
  set(project: Project, key: string, value: string): Promise<unknown>;
  /** Waits for the next mail to somebody. */
  readMail: ReturnType<typeof mailReader>;
  /** Somebody with an e-mail address, a name, a phone number's worth of other facts and a password. */
  ada: StageUser;
  /** Somebody with a username alone, and no password. */
  bob: StageUser;
  /** Somebody who must change the password of the first login, in the home project. */
  newcomer: StageUser;
  stop(): Promise<void>;
}

export type Project = 'home' | 'mailed' | 'empty' | 'nowhere';

const OWNER: Account = { email: 'olga@example.com', password: 'operators open doors 7' };
const VIEWER: Account = { email: 'vera@example.com', password: 'viewers see it all 7' };
const OUTSIDER: Account = { email: 'nora@example.com', password: STAGE_PASSWORD };
/** Somebody in `mailed` whose password is lost again and again. */
export const FORGETFUL = 'forgetful@example.com';
/** Enough for a second page of the list. */
const MANY = 22;

/** What every context has in common: no movement, so that a screen stands still when it is looked at. */
const STILL = { reducedMotion: 'reduce' } as const;

/** Makes the users and projects; the first operator is made by the first screens. */
export async function makeWorld(): Promise<World> {
  const stage = await startStage({ SMTP_URL: '' });
  const { server, admin, mail } = stage;
  const browser: Browser = await launchBrowser();
  const projects: Record<Project, string> = {
    home: 'home',
    mailed: '',
    empty: '',
    nowhere: 'nowhere',
  };
  for (const [project, name] of [
    ['mailed', 'Example & Sons, with a long name'],
    ['empty', 'Empty'],
  ] as const) {
    const made = await server.json<{ projectID: string }>(['projects', 'create', '--name', name]);
    projects[project] = made.projectID;
  }
  await server.json(['settings', 'set', 'messages.smtp_url', mail.url, '--project', projects.mailed]);
  await server.json(['settings', 'set', 'passwords.history_size', '3', '--project', projects.mailed]);
  const mailed: AdminClient = await adminClient(server, projects.mailed);
  await stage.addUser(FORGETFUL, { project: mailed });
  for (let number = 1; number <= MANY; number += 1) {
    await stage.addUser(`user-${number}@a-rather-long-name-of-a-company.example.com`, {
      password: '',
      project: mailed,
    });
  }
  const bob = await stage.addUser('bob', { password: '', project: mailed });
  const ada = await stage.addUser('ada.lovelace@example.com', { project: mailed });
  await stage.db.query('update users set standard_attributes = $2 where id = $1', [
    ada.uuid,
    { given_name: 'Augusta Ada', family_name: 'King-Noel Countess of Lovelace' },
  ]);
  const newcomer = await stage.addUser('newcomer@example.com', { mustChange: true });
  await stage.addUser(OUTSIDER.email);
  await admin.mutate(
    'resetPassword',
    { userID: newcomer.id, password: STAGE_PASSWORD, sendPassword: true, setPasswordExpired: true },
    'user { id }',
  );

  async function enter(viewer: Viewer): Promise<Page> {
    if (viewer === 'anybody') return (await browser.newContext(STILL)).newPage();
    const account = { owner: OWNER, viewer: VIEWER, outsider: OUTSIDER }[viewer];
    if (viewer === 'owner') {
      for (const projectID of [projects.mailed, projects.empty]) {
        await server.json(['operators', 'create', '--email', OWNER.email, '--project', projectID]);
      }
    }
    if (viewer === 'viewer') {
      const login = ['--email', VIEWER.email, '--password', VIEWER.password];
      await server.json(['operators', 'create', ...login, '--project', projects.mailed, '--role', 'viewer']);
    }
    return enterPortal(browser, server, account, STILL);
  }

  return {
    stage,
    readMail: mailReader(mail),
    set: (project, key, value) =>
      server.json(['settings', 'set', key, value, '--project', projects[project]]),
    ada,
    bob,
    newcomer,
    hosted: (project, path) => `http://${projects[project]}.localhost:${server.port}${path}`,
    portal: (project, path) => `${server.origin}/portal/project/${projects[project]}${path}`,
    enter,
    async stop() {
      await browser.close();
      await stage.stop();
    },
  };
}

/** The first operator, as the first screen makes her. */
export const FIRST_OPERATOR = OWNER;

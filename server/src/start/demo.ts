import type { Acting } from '../audit/index.ts';
import type { Capabilities } from '../capabilities.ts';
import { resetPassword } from '../passwords/index.ts';
import type { Project } from '../projects/index.ts';
import { insertUser, normalizeLoginID, type User } from '../users/index.ts';

const DEMO = 'demo';
/** What the newest of the sample users sign in with; the server only ever makes them where nobody else can reach it. */
const PASSWORD = 'correct horse battery staple';
const WITH_PASSWORD = 3;

const GIVEN = ['Ada', 'Alan', 'Barbara', 'Claude', 'Donald', 'Edsger', 'Frances', 'Grace', 'Hedy', 'Ivan'];
const FAMILY = ['Allen', 'Dijkstra', 'Hopper', 'Knuth', 'Lamarr', 'Liskov', 'Lovelace', 'Shannon', 'Turing'];

const BY_SYSTEM: Acting = { actor: { type: 'system' }, origin: {} };

/** Ninety people; each has an e-mail address, every third a phone number, every fifth a username. */
const PEOPLE = GIVEN.flatMap((given, row) =>
  FAMILY.map((family, column) => {
    const number = row * FAMILY.length + column;
    const name = `${given}.${family}`.toLowerCase();
    return {
      standardAttributes: { given_name: given, family_name: family },
      loginIDs: [
        normalizeLoginID('email', `${name}@example.com`),
        ...(number % 3 === 0
          ? [normalizeLoginID('phone', `+4930901820${String(number).padStart(2, '0')}`)]
          : []),
        ...(number % 5 === 0 ? [normalizeLoginID('username', name)] : []),
      ],
    };
  }),
);

/** Adds the project with sample users where it is not there yet, and lets the owners of home work on it. */
export async function addDemo(capabilities: Capabilities): Promise<void> {
  const { projects } = capabilities;
  if (!(await projects.find(DEMO))) await fill(capabilities, await makeProject(capabilities));
  const owners = (await projects.collaborators.listFor('home')).filter(({ role }) => role === 'owner');
  for (const { userID } of owners) {
    if (await projects.collaborators.roleOf(DEMO, userID)) continue;
    await projects.collaborators.add({ projectID: DEMO, userID, role: 'owner' }, BY_SYSTEM);
  }
}

const makeProject = ({ projects }: Capabilities): Promise<Project> =>
  projects.create({ name: 'Demo', id: DEMO }, BY_SYSTEM);

async function fill(capabilities: Capabilities, project: Project): Promise<void> {
  const db = capabilities.database.forProject(project.id);
  const users = await db.transaction(async (tx) => {
    const made: User[] = [];
    for (const person of PEOPLE) made.push(await insertUser(tx, capabilities, person, BY_SYSTEM));
    return made;
  });
  for (const { id: userID } of users.slice(-WITH_PASSWORD)) {
    const password = {
      password: PASSWORD,
      sendPassword: false,
      setPasswordExpired: false,
      revokeSessions: false,
    };
    await resetPassword(db, { ...capabilities, project }, { userID, ...password }, BY_SYSTEM);
  }
}

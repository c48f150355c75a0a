import { Hono } from 'hono';
import { clientsOf, terminateOtherSessions, terminateSession } from '../../../oidc/index.ts';
import { LatchkeyError } from '../../../platform/errors.ts';
import { browserName } from '../../../platform/http/user-agent.ts';
import { listSessions, type SessionInfo } from '../../../sessions/index.ts';
import { assertNotForged } from '../csrf.ts';
import type { HostedPagesDeps } from '../deps.ts';
import { readForm } from '../forms.ts';
import { leadTo, type PageContext, type PageEnv } from '../http.ts';
import type { PageFrame } from '../model.ts';
import { agoWords } from '../moments.ts';
import { requireOwnAccount } from '../own-account.ts';
import { type SessionLine, SettingsSessionsPage } from '../pages/settings-sessions.tsx';
import type { Respond } from '../respond.ts';

const PATH = '/settings/sessions';

/** Where the account of who is signed in is signed in; they end one session, or all others. */
export function settingsSessionsRoutes(deps: HostedPagesDeps, respond: Respond): Hono<PageEnv> {
  const routes = new Hono<PageEnv>();
  const dbOf = (c: PageContext) => deps.database.forProject(c.get('project').id);

  routes.get(PATH, async (c) => {
    const account = await requireOwnAccount(deps, c, 'sessions');
    if (account instanceof Response) return account;
    const sessions = await listSessions(dbOf(c), deps.clock, account.user.id);
    const names = new Map(
      (await clientsOf(deps, c.get('project')).list()).map(({ clientID, name }) => [clientID, name]),
    );
    const here = account.session.sessionUID;
    const isHere = ({ uid }: SessionInfo): boolean => uid === here;
    const ordered = [...sessions.filter(isHere), ...sessions.filter((session) => !isHere(session))];
    return respond(c, (frame) => (
      <SettingsSessionsPage
        frame={frame}
        sessions={ordered.map((session) =>
          describe(frame, session, { isThis: isHere(session), names, now: deps.clock.now() }),
        )}
        endAction={`${PATH}/end`}
        endOthersAction={`${PATH}/end-others`}
      />
    ));
  });

  routes.post(`${PATH}/end`, async (c) => {
    const field = await readForm(c);
    assertNotForged(c, deps.secrets, field('csrf'));
    const account = await requireOwnAccount(deps, c, 'sessions');
    if (account instanceof Response) return account;
    const acting = {
      actor: { type: 'user', userID: account.user.id },
      origin: c.get('origin'),
    } as const;
    try {
      const project = c.get('project');
      await terminateSession(dbOf(c), { ...deps, project }, { sessionUID: field('session') }, acting);
    } catch (error) {
      // One that has ended meanwhile, or is somebody else's, is not in the list any more, or never was.
      const isNone = error instanceof LatchkeyError && NO_SESSION.has(error.reason);
      if (!isNone) throw error;
    }
    return leadTo(c, PATH);
  });

  routes.post(`${PATH}/end-others`, async (c) => {
    const field = await readForm(c);
    assertNotForged(c, deps.secrets, field('csrf'));
    const account = await requireOwnAccount(deps, c, 'sessions');
    if (account instanceof Response) return account;
    const { userID, sessionUID } = account.session;
    await terminateOtherSessions(dbOf(c), deps, { userID, sessionUID }, c.get('origin'));
    return leadTo(c, PATH);
  });

  return routes;
}

const NO_SESSION: ReadonlySet<string> = new Set(['SessionNotFound', 'MayNotActOnCollaborator']);

function describe(
  { locale, t }: PageFrame,
  session: SessionInfo,
  { isThis, names, now }: { isThis: boolean; names: ReadonlyMap<string, string>; now: Date },
): SessionLine {
  const moment = (at: Date) => ({ at, words: agoWords(locale, at, now) });
  return {
    uid: session.uid,
    name: browserName(session.userAgent) || t('settings.sessions.unknown'),
    isThis,
    apps: session.clientIDs.flatMap((clientID) => names.get(clientID) ?? []),
    ipAddress: session.lastIP ?? session.createdIP,
    firstSeen: moment(session.createdAt),
    lastSeen: moment(session.lastAccessedAt),
  };
}

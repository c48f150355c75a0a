import { Hono } from 'hono';
import { beginRecovery } from '../begin-recovery.ts';
import { assertNotForged } from '../csrf.ts';
import type { HostedPagesDeps } from '../deps.ts';
import { readForm } from '../forms.ts';
import { leadTo, type PageContext, type PageEnv } from '../http.ts';
import { ChooseDestinationPage } from '../pages/choose-destination.tsx';
import type { ChoosingRecovery, RecoveryCookies } from '../recovery-cookies.ts';
import type { PageOptions, Respond } from '../respond.ts';
import { retryAfter } from '../retry-after.ts';
import { isTooSoon, wordsForTooSoon } from '../too-soon.ts';
import { addressOf } from './login.tsx';

const START = '/forgot-password';
const PATH = `${START}/destination`;

/**
 * Where a link or a code goes, in projects that let users choose. Only who asked for this account in this browser
 * sees its masked addresses, and only what was offered can be chosen.
 */
export function recoveryDestinationRoutes(
  deps: HostedPagesDeps,
  respond: Respond,
  cookies: RecoveryCookies,
): Hono<PageEnv> {
  const routes = new Hono<PageEnv>();

  const show = (c: PageContext, choosing: ChoosingRecovery, refused?: unknown, options?: PageOptions) => {
    const { login, destinations } = choosing;
    if (login) c.set('login', login);
    return respond(
      c,
      (frame) => (
        <ChooseDestinationPage
          frame={frame}
          action={PATH}
          another={login ? addressOf(login.uid, START) : START}
          back={login ? addressOf(login.uid) : '/login'}
          destinations={destinations}
          alert={isTooSoon(refused) ? wordsForTooSoon(frame.t, refused) : undefined}
        />
      ),
      options,
    );
  };

  routes.get(PATH, (c) => {
    const choosing = cookies.choosing.read(c);
    return choosing ? show(c, choosing) : leadTo(c, START);
  });

  routes.post(PATH, async (c) => {
    const field = await readForm(c);
    assertNotForged(c, deps.secrets, field('csrf'));
    const choosing = cookies.choosing.read(c);
    if (!choosing) return leadTo(c, START);
    const { destinations, ...asked } = choosing;
    const chosen = destinations.find(({ id }) => id === field('destination')) ?? destinations[0];
    try {
      const next = await beginRecovery(deps, cookies, c, { ...asked, destination: chosen?.id });
      cookies.choosing.clear(c);
      return leadTo(c, next);
    } catch (error) {
      if (!isTooSoon(error)) throw error;
      return show(c, choosing, error, { status: 429, headers: retryAfter(error) });
    }
  });

  return routes;
}

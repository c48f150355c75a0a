import { requestRecovery } from '../../recovery/index.ts';
import type { HostedPagesDeps } from './deps.ts';
import type { PageContext } from './http.ts';
import { chooseLocale } from './language.ts';
import type { BegunIn, RecoveryCookies } from './recovery-cookies.ts';

const PAGES = { link: '/forgot-password/check-mail', code: '/forgot-password/code' } as const;

/** The page that follows the sending of a link or a code. */
export const pageOfKind = (kind: 'link' | 'code'): string => PAGES[kind];

interface Asked {
  /** As it was typed. */
  loginID: string;
  method: 'link' | 'code';
  /** One of those that were offered. */
  destination?: string;
  login?: BegunIn;
}

/**
 * Asks for a link or a code, and has this browser remember that it did.
 * @returns where it goes on
 * @throws TooManyRequest `CodeCooldown`, `RateLimited`
 */
export async function beginRecovery(
  deps: HostedPagesDeps,
  cookies: RecoveryCookies,
  c: PageContext,
  { loginID, method, destination, login }: Asked,
): Promise<string> {
  const project = c.get('project');
  const attempt = await requestRecovery(
    deps.database.forProject(project.id),
    { ...deps, project },
    {
      loginID,
      kind: method,
      begunBy: { interactionID: login?.uid, clientID: login?.clientID },
      locale: chooseLocale(deps.words.locales, login?.uiLocales, c.req.header('accept-language')),
      destination,
    },
    c.get('origin'),
  );
  cookies.begun.write(c, { attemptID: attempt.id, loginID: loginID.trim(), login });
  return pageOfKind(attempt.kind);
}

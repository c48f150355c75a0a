import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Clock } from '../../platform/clock.ts';
import type { Secrets } from '../../platform/secrets.ts';
import { isSecure, type PageContext } from './http.ts';

/** What one browser carries from page to page: nobody else reads it, and nobody but this server writes it. */
export interface SealedCookie<T> {
  /** Undefined where there is none, where it ran out, and where somebody else made it. */
  read(c: PageContext): T | undefined;
  write(c: PageContext, value: T): void;
  clear(c: PageContext): void;
}

interface Options {
  name: string;
  /** Where it is sent along: this path and those below it. */
  path: string;
  lifetimeSeconds: number;
}

/**
 * A cookie under AES-256-GCM, bound to its name and to the project. It is held to its lifetime here too: a browser
 * that is restored with yesterday's tabs restores their cookies.
 */
export function sealedCookie<T extends object>(
  { secrets, clock }: { secrets: Secrets; clock: Clock },
  { name, path, lifetimeSeconds }: Options,
): SealedCookie<T> {
  const purpose = `cookie-${name}`;
  const prefix = (c: PageContext) => (isSecure(c) ? ('secure' as const) : undefined);
  const options = (c: PageContext) => ({
    path,
    httpOnly: true,
    secure: isSecure(c),
    sameSite: 'Lax' as const,
    ...(isSecure(c) ? { prefix: 'secure' as const } : {}),
  });
  return {
    read(c) {
      const sealed = getCookie(c, name, prefix(c));
      if (!sealed) return undefined;
      try {
        const opened = JSON.parse(secrets.open(purpose, sealed).toString('utf8'));
        const isOurs = opened.project === c.get('project').id && opened.until > clock.now().getTime();
        return isOurs ? (opened.value as T) : undefined;
      } catch {
        return undefined;
      }
    },
    write(c, value) {
      const until = clock.now().getTime() + lifetimeSeconds * 1_000;
      const sealed = secrets.seal(purpose, JSON.stringify({ project: c.get('project').id, until, value }));
      setCookie(c, name, sealed, { ...options(c), maxAge: lifetimeSeconds });
    },
    clear: (c) => void deleteCookie(c, name, options(c)),
  };
}

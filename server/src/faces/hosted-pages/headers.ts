const YEAR_IN_SECONDS = 365 * 24 * 60 * 60;

export interface PageHeaderOptions {
  /** Where the project is served, such as `https://login.example.com`. */
  origin?: string;
  /** Where the page's form may lead in the end: addresses of the app that started the login. */
  formTargets?: string[];
  /** The project's logo, where it stands on another host. */
  logoURL?: string;
}

/**
 * The headers of every hosted page: nothing runs or loads that is not ours, nobody frames it, nothing is
 * stored, and no address travels on (OWASP Secure Headers, CSP Level 3). There is no Cross-Origin-Opener-Policy:
 * an app may open the login in a window of its own, and its callback there needs its opener.
 */
export function pageHeaders(options: PageHeaderOptions): Record<string, string> {
  const secure = options.origin?.startsWith('https:') ?? false;
  return {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': contentSecurityPolicy(options),
    ...NOT_KEPT,
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Cross-Origin-Resource-Policy': 'same-origin',
    ...(secure ? { 'Strict-Transport-Security': `max-age=${YEAR_IN_SECONDS}` } : {}),
  };
}

/** What every answer carries that is not an asset: no cache keeps it, no address of ours travels on. */
export const NOT_KEPT = { 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' } as const;

/** Nothing in it ends a directive. */
const HTTPS_ORIGIN = /^https:\/\/[\w.-]+(:\d+)?$/;

function contentSecurityPolicy({ origin, formTargets = [], logoURL }: PageHeaderOptions): string {
  const targets = new Set(formTargets.flatMap((target) => formSources(target, origin)));
  const logo = URL.parse(logoURL ?? '')?.origin;
  return [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "connect-src 'self'",
    ["img-src 'self' data:", ...(logo && HTTPS_ORIGIN.test(logo) ? [logo] : [])].join(' '),
    ["form-action 'self'", ...targets].join(' '),
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
}

/**
 * What form-action must allow for a form to reach an address. Chrome holds every redirect that follows a form to
 * it, also the one from an app's callback to wherever the app lives, which nobody can know here: hence schemes,
 * not hosts. Our own built-in apps need nothing.
 */
function formSources(address: string, origin: string | undefined): string[] {
  const url = URL.parse(address);
  if (!url || url.origin === origin) return [];
  if (url.protocol === 'https:') return ['https:'];
  if (url.protocol === 'http:') return ['http:', 'https:'];
  return /^[a-z][a-z0-9+.-]*:$/.test(url.protocol) ? [url.protocol] : [];
}

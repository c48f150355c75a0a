const YEAR_IN_SECONDS = 365 * 24 * 60 * 60;

export interface PageHeaderOptions {
  /** Whether the project is served over https. */
  secure: boolean;
  /** Where the page's form may lead in the end: addresses of the app that started the login. */
  formTargets?: string[];
  /** The project's logo, where it stands on another host. */
  logoURL?: string;
}

/**
 * The headers of every hosted page: nothing runs or loads that is not ours, nobody frames it, nothing is
 * stored, and no address travels on (OWASP Secure Headers, CSP Level 3).
 */
export function pageHeaders(options: PageHeaderOptions): Record<string, string> {
  return {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': contentSecurityPolicy(options),
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Cache-Control': 'no-store',
    'Cross-Origin-Opener-Policy': 'same-origin',
    Vary: 'Accept-Language',
    ...(options.secure ? { 'Strict-Transport-Security': `max-age=${YEAR_IN_SECONDS}` } : {}),
  };
}

function contentSecurityPolicy({ formTargets = [], logoURL }: PageHeaderOptions): string {
  // Chrome holds every redirect that follows a form to form-action, up to the app's own address.
  const targets = new Set(formTargets.map(sourceOf).filter((source) => source !== undefined));
  const logo = logoURL ? sourceOf(logoURL) : undefined;
  return [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "connect-src 'self'",
    ["img-src 'self' data:", logo].filter(Boolean).join(' '),
    ["form-action 'self'", ...targets].join(' '),
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
}

/** An address as a CSP source: its origin, or its scheme where the origin is opaque or an IPv6 literal. */
function sourceOf(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  const plain = url.origin !== 'null' && !url.hostname.startsWith('[');
  const source = plain ? url.origin : url.protocol;
  return /^[\w.+:/-]+$/.test(source) ? source : undefined;
}

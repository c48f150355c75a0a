const YEAR_IN_SECONDS = 365 * 24 * 60 * 60;

/**
 * The headers of the portal's page: only its own scripts run, and style tags only with the nonce of this very
 * response; nobody frames it, nothing is stored (CSP Level 3, OWASP Secure Headers).
 */
export function portalHeaders({ nonce, secure }: { nonce: string; secure: boolean }): Record<string, string> {
  return {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': contentSecurityPolicy(nonce),
    'Cache-Control': 'no-store',
    // Not `no-referrer`, under which some requests of our own would carry `Origin: null`.
    'Referrer-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Cross-Origin-Opener-Policy': 'same-origin',
    ...(secure ? { 'Strict-Transport-Security': `max-age=${YEAR_IN_SECONDS}` } : {}),
  };
}

const contentSecurityPolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');

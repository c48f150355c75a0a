/** Where somebody lands who did not say where to go. */
export const PORTAL_START = '/portal/';

const LONGEST = 1_000;
/** They start or end a login, or are no page: nobody is sent back there. */
const NO_PAGES = /^\/portal\/(login|callback|api)(\/|$)/;

/**
 * The page of the portal to go to after signing in. Whatever is not the address of one, by the same reading
 * that browsers have (WHATWG URL), leads to the portal's start, so that no link of ours leads elsewhere.
 *
 * @param wanted as it stands in a query or a cookie; anybody may have written it
 */
export function returnAddress(wanted: string | undefined): string {
  if (wanted === undefined || wanted.length > LONGEST || !wanted.startsWith('/portal/')) return PORTAL_START;
  // A backslash reads as a slash in browsers; control characters vanish from the middle of an address.
  if (/[\\\p{Cc}]/u.test(wanted)) return PORTAL_START;
  const base = 'http://portal.invalid';
  const url = URL.parse(wanted, base);
  if (url?.origin !== base || !url.pathname.startsWith('/portal/')) return PORTAL_START;
  if (url.pathname.includes('//') || NO_PAGES.test(decoded(url.pathname))) return PORTAL_START;
  return url.pathname + url.search + url.hash;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

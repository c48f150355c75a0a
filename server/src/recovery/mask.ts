const STARS = '***';

/** Half of it at the most, so that a short name is not told by its beginning. */
const beginning = (text: string): string => {
  const letters = [...text];
  return letters.slice(0, Math.min(2, Math.floor(letters.length / 2))).join('') + STARS;
};

/**
 * An e-mail address as its owner knows it again and nobody else learns it: `alice@example.com` becomes
 * `al***@ex***.com`. The number of letters is not told.
 */
export function maskEmail(address: string): string {
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1);
  const dot = domain.lastIndexOf('.');
  const name = dot < 0 ? domain : domain.slice(0, dot);
  return `${beginning(address.slice(0, at))}@${beginning(name)}${dot < 0 ? '' : domain.slice(dot)}`;
}

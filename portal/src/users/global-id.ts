/** What stands behind the type in a global id, base64url of `User:<uuid>`; undefined where it is not one. */
export function idBehind(globalID: string): string | undefined {
  try {
    const text = atob(globalID.replaceAll('-', '+').replaceAll('_', '/'));
    return /^[A-Za-z]+:(.+)$/s.exec(text)?.[1];
  } catch {
    return undefined;
  }
}

/** Whether two ids mean the same, whichever of the two forms each has. */
export const isSameID = (one: string, other: string): boolean =>
  (idBehind(one) ?? one) === (idBehind(other) ?? other);

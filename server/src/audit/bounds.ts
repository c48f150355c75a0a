/** The least UUIDv7 of a moment (RFC 9562, section 5.7): every id made then or later is not below it. */
export function idBound(moment: Date): string {
  const hex = Math.max(0, moment.getTime()).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-0000-0000-000000000000`;
}

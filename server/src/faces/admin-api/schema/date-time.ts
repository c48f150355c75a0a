/** RFC 3339, section 5.6, always with its offset. Leap seconds are not known here. */
const DATE_TIME = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/i;

/** Reads an RFC 3339 date and time; undefined for every other text, and for days that no calendar has. */
export function parseDateTime(text: string): Date | undefined {
  const day = DATE_TIME.exec(text)?.[1];
  if (day === undefined) return undefined;
  const date = new Date(text);
  const midnight = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || Number.isNaN(midnight.getTime())) return undefined;
  // JavaScript takes the 30th of February for the 2nd of March.
  return midnight.toISOString().startsWith(day) ? date : undefined;
}

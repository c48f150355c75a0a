/** Stretches of time that end now, in milliseconds. */
const PRESETS = {
  hour: 60 * 60_000,
  day: 24 * 60 * 60_000,
  week: 7 * 24 * 60 * 60_000,
  month: 30 * 24 * 60 * 60_000,
} as const;

export type Preset = keyof typeof PRESETS;

export const PRESET_NAMES = Object.keys(PRESETS) as Preset[];

export const isPreset = (name: string): name is Preset => Object.hasOwn(PRESETS, name);

/** The midnight with which a day begins in the viewer's time zone. */
function midnight(day: string, daysLater = 0): Date {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + daysLater);
}

/** The bounds to ask the server for: from the first moment on, and before the second. */
export function rangeOf(
  { range, from, to }: { range?: Preset; from?: string; to?: string },
  now: Date,
): { rangeFrom?: string; rangeTo?: string } {
  if (range !== undefined) return { rangeFrom: new Date(now.getTime() - PRESETS[range]).toISOString() };
  return {
    ...(from !== undefined && { rangeFrom: midnight(from).toISOString() }),
    ...(to !== undefined && { rangeTo: midnight(to, 1).toISOString() }),
  };
}

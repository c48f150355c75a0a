/** One line of a bench: ours beside a reference measured in the same run, on the same machine. */
export interface Row {
  what: string;
  ours: number;
  reference: number;
  /** ours / reference. */
  ratio: number;
  /** What `ratio` should reach where `unit` is a rate, or what `ours` should stay under where it is a time or a size. */
  target: number;
  unit: string;
}

const round = (value: number): number => Number(value.toPrecision(3));

/** Makes a row; numbers keep three digits, more would be noise. */
export const row = (what: string, ours: number, reference: number, unit: string, target: number): Row => ({
  what,
  ours: round(ours),
  reference: round(reference),
  ratio: round(ours / reference),
  target,
  unit,
});

/** One measurement beside its reference. */
export interface Round {
  ours: number;
  reference: number;
}

/** The round in the middle by its ratio: what else runs on the machine hits both halves of a round alike. */
export const middle = (rounds: readonly Round[]): Round =>
  rounds.toSorted((a, b) => a.ours / a.reference - b.ours / b.reference)[rounds.length >> 1] as Round;

/** The middle one of some measurements. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

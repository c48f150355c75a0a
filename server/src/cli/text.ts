/** What may not reach a terminal: control characters (a name could hold some) and line ends. */
const clean = (text: string): string => text.replaceAll(/\p{Cc}/gu, '\uFFFD');

const width = (text: string): number => [...text].length;
const pad = (text: string, to: number): string => text + ' '.repeat(to - width(text));

/** Lines in columns under their titles; each as wide as its widest cell. */
export function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [titles, ...rows.map((row) => row.map(clean))];
  const widths = titles.map((_, column) => Math.max(...lines.map((line) => width(line[column] ?? ''))));
  return lines
    .map((line) =>
      widths
        .map((to, column) => pad(line[column] ?? '', to))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** One fact a line, names in one column; facts without a value are left out. */
export function facts(entries: Readonly<Record<string, string | undefined>>): string {
  const known = Object.entries(entries).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const to = Math.max(...known.map(([name]) => width(name)));
  return known.map(([name, value]) => `${pad(name, to)}  ${clean(value)}`).join('\n');
}

/** `2026-01-15 12:00 UTC`; a dash where there is no time. */
export const time = (at: Date | null | undefined): string =>
  at ? `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC` : '–';

/** A value of a person's input within a sentence. */
export const quoted = (text: string): string => `"${clean(text.slice(0, 200))}"`;

import type { Row } from './row.ts';

/** Every bench by its name; `npm run bench -- login` runs one. */
const BENCHES: Record<string, () => Promise<{ run(): Promise<Row[]> }>> = {
  enumeration: () => import('./enumeration.ts'),
  login: () => import('./login.ts'),
  start: () => import('./start.ts'),
  tokens: () => import('./tokens.ts'),
  users: () => import('./users/index.ts'),
};

const words = process.argv.slice(2);
const names = words.filter((word) => !word.startsWith('-'));
const unknown = names.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(', ')}; there are: ${Object.keys(BENCHES).join(', ')}.`);
  process.exit(2);
}

const rows: Row[] = [];
for (const name of names.length > 0 ? names : Object.keys(BENCHES)) {
  const bench = await BENCHES[name]?.();
  rows.push(...((await bench?.run()) ?? []));
}
if (words.includes('--json')) console.log(JSON.stringify({ rows }));
else console.table(rows);

import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';

/** A file that breaks a rule on purpose: a checker that does not see it sees nothing at all. */
const plant = 'server/src/platform/planted-import.ts';

function cruise(...paths: string[]) {
  return spawnSync('depcruise', ['--config', '.dependency-cruiser.js', ...paths], { encoding: 'utf8' });
}

writeFileSync(plant, "import '../users/index.ts';\n");
try {
  const planted = cruise(plant);
  if (planted.status === 0 || !planted.stdout.includes('platform-knows-no-capability')) {
    console.error('check-imports: a planted forbidden import was not refused; the rules are not at work.');
    console.error(planted.stdout, planted.stderr);
    process.exit(1);
  }
} finally {
  rmSync(plant);
}

const result = cruise('server', 'portal', 'tests', 'bench', 'scripts');
process.stdout.write(result.stdout);
process.stderr.write(result.stderr);
process.exit(result.status ?? 1);

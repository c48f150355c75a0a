import { execFile } from 'node:child_process';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { removeFolder, temporaryFolder } from '../../../tests/support/postgres.ts';
import { resolveSecretList } from './secret-source.ts';

function newFolder(): string {
  const folder = temporaryFolder();
  onTestFinished(() => removeFolder(folder));
  return folder;
}

it('takes the setting where there is one, and makes no file', () => {
  const dataDir = newFolder();
  expect(resolveSecretList({ dataDir, secretList: 'new,old' })).toBe('new,old');
  expect(readdirSync(dataDir)).toEqual([]);
});

it('makes a secret once, which only its owner reads', () => {
  const dataDir = join(newFolder(), 'data');
  const secret = resolveSecretList({ dataDir });
  expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
  expect(resolveSecretList({ dataDir })).toBe(secret);
  expect(readdirSync(dataDir)).toEqual(['secret']);
  expect(statSync(join(dataDir, 'secret')).mode & 0o777).toBe(0o600);
});

it('leaves what is there as it is, a list as well', () => {
  const dataDir = newFolder();
  writeFileSync(join(dataDir, 'secret'), 'new,old\n');
  expect(resolveSecretList({ dataDir })).toBe('new,old');
});

it('gives the same one to processes that start together', async () => {
  const dataDir = newFolder();
  const module = JSON.stringify(join(import.meta.dirname, 'secret-source.ts'));
  const program = `import(${module}).then((m) => console.log(m.resolveSecretList({ dataDir: process.argv[1] })))`;
  const runs = Array.from({ length: 6 }, () =>
    promisify(execFile)(process.execPath, ['-e', program, dataDir]),
  );
  const secrets = new Set((await Promise.all(runs)).map(({ stdout }) => stdout.trim()));
  expect([...secrets]).toEqual([resolveSecretList({ dataDir })]);
});

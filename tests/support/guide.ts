import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPage } from './markdown.ts';
import type { TestServer } from './server.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Somebody who follows a guide to the letter, in a folder of their own. */
export interface GuideReader {
  /** The guide's code blocks of one language, in their order. */
  blocks(language: string): string[];
  /** Runs a script as `sh` does, where `npx latchkey` is the built one on the server's data; returns its output. */
  shell(script: string): Promise<string>;
  /** Saves a program and runs it; it is ended by `leave`. */
  program(name: string, text: string, env?: Record<string, string>): ChildProcess;
  /** Removes what was made. */
  leave(): Promise<void>;
}

/**
 * Opens a guide.
 * @param replaced what stands for the guide's own addresses, such as `{'localhost:4000': 'localhost:51234'}`
 */
export function readGuide(path: string, server: TestServer, replaced: Record<string, string>): GuideReader {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-guide-'));
  mkdirSync(join(folder, 'bin'));
  const npx = join(folder, 'bin/npx');
  const command = join(ROOT, 'dist/server/latchkey.js');
  writeFileSync(npx, `#!/bin/sh\n[ "$1" = latchkey ] && shift && exec node '${command}' "$@"\n`);
  chmodSync(npx, 0o755);
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');

  const text = Object.entries(replaced).reduce((all, [from, to]) => all.replaceAll(from, to), readPage(path));
  const env = {
    PATH: `${join(folder, 'bin')}:${process.env.PATH}`,
    LATCHKEY_DATA_DIR: server.dataDir,
    PORT: String(server.port),
  };
  const programs: ChildProcess[] = [];

  return {
    blocks: (language) =>
      [...text.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms'))].map(([, code = '']) => code),
    shell: (script) =>
      new Promise((resolve, reject) => {
        execFile('sh', ['-euc', script], { cwd: folder, env }, (error, stdout, stderr) => {
          if (error) reject(new Error(`${stderr}${stdout}`));
          else resolve(stdout);
        });
      }),
    program(name, code, more = {}) {
      writeFileSync(join(folder, name), code);
      const child = spawn('node', [name], { cwd: folder, env: { ...env, ...more }, stdio: 'pipe' });
      programs.push(child);
      return child;
    },
    async leave() {
      for (const child of programs) child.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

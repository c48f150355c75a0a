import { execFile, spawnSync } from 'node:child_process';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { jwtVerify } from 'jose';
import { expect, test } from 'vitest';
import { curlExample, keyFile, typeScriptExample } from './examples.ts';

const run = promisify(execFile);
const KEY = { projectID: 'home', keyID: '0199bbbb-0000-7000-8000-000000000001' };
const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

interface Received {
  authorization: string;
  body: unknown;
}

/** Takes one request, and tells what came. */
async function endpoint(): Promise<{ address: string; received: Promise<Received>; close(): void }> {
  const { promise: received, resolve } = Promise.withResolvers<Received>();
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    resolve({
      authorization: request.headers.authorization ?? '',
      body: JSON.parse(Buffer.concat(parts).toString()),
    });
    response.end('{}');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}/`, received, close: () => server.close() };
}

async function expectValid({ authorization, body }: Received): Promise<void> {
  const token = authorization.replace(/^Bearer /, '');
  const { payload, protectedHeader } = await jwtVerify(token, createPublicKey(publicKey));
  expect(protectedHeader).toMatchObject({ alg: 'RS256', kid: KEY.keyID });
  expect(payload.aud).toBe('home');
  expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(300);
  expect(body).toMatchObject({ query: expect.stringContaining('users(first: 5)') });
}

const isThere = (program: string): boolean => spawnSync(program, ['--version']).error === undefined;

async function runExample(program: string, file: string, write: typeof curlExample): Promise<Received> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-example-'));
  const { address, received, close } = await endpoint();
  try {
    await symlink(join(import.meta.dirname, '../../../node_modules'), join(folder, 'node_modules'));
    await writeFile(join(folder, keyFile(KEY)), privateKey);
    await writeFile(join(folder, file), write({ ...KEY, endpoint: address }));
    await run(program, [file], { cwd: folder });
    return await received;
  } finally {
    close();
    await rm(folder, { recursive: true });
  }
}

test.skipIf(!['bash', 'curl', 'openssl'].every(isThere))('the curl example signs a valid token', async () => {
  await expectValid(await runExample('bash', 'request.sh', curlExample));
});

test('the TypeScript example signs a valid token', async () => {
  await expectValid(await runExample(process.execPath, 'request.ts', typeScriptExample));
});

import { createHmac, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { importPKCS8, type JWTHeaderParameters, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../../../tests/support/database.ts';
import type { Acting } from '../../../audit/index.ts';
import { type ManualClock, manualClock } from '../../../platform/clock.ts';
import { createSecrets } from '../../../platform/secrets.ts';
import { createProjects, type Project, type Projects } from '../../../projects/index.ts';
import { authenticateKey } from './authenticate-key.ts';

const acting: Acting = { actor: { type: 'command_line' }, origin: {} };
const HOUR = 3_600;
let test: TestDatabase;
let clock: ManualClock;
let projects: Projects;
let home: Project;
let key: { keyID: string; privateKeyPEM: string };

beforeAll(async () => {
  test = await testDatabase();
  clock = manualClock();
  const secrets = createSecrets('a-secret-of-at-least-32-bytes-long!!');
  projects = createProjects({ database: test.database, clock, secrets, config: { port: 4000 } });
  home = await projects.ensureHome();
  key = await projects.adminKeys(home).create(acting);
});
afterAll(() => test.stop());
beforeEach(async () => {
  home = await projects.get('home');
});

const now = (): number => Math.floor(clock.now().getTime() / 1_000);
const claims = (): JWTPayload => ({ aud: 'home', iat: now(), exp: now() + 300 });

async function sign(payload: JWTPayload, header: Partial<JWTHeaderParameters> = {}, pem = key.privateKeyPEM) {
  const alg = header.alg ?? 'RS256';
  const token = new SignJWT(payload).setProtectedHeader({ kid: key.keyID, ...header, alg });
  return token.sign(await importPKCS8(pem, alg));
}

const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url');

async function ask(authorization?: string) {
  const request = new Request('http://localhost/_api/admin/graphql', {
    headers: authorization === undefined ? {} : { authorization },
  });
  const caller = await authenticateKey({ clock, projects }, home, request);
  return 'refusal' in caller ? caller.refusal : caller.keyID;
}

const isRefused = { status: 401, kind: 'Unauthorized', reason: 'InvalidAdminKey' };

async function expectRefusal(token: string): Promise<void> {
  const answer = await ask(`Bearer ${token}`);
  expect(answer).toMatchObject(isRefused);
  expect(answer).toEqual(await ask('Bearer x'));
}

describe('a token passes', () => {
  it('for the project that it names, in whichever case the scheme is written', async () => {
    const token = await sign(claims());
    expect(await ask(`Bearer ${token}`)).toBe(key.keyID);
    expect(await ask(`bearer  ${token}`)).toBe(key.keyID);
  });

  it('when its audience is an array of that project alone', async () => {
    expect(await ask(`Bearer ${await sign({ ...claims(), aud: ['home'] })}`)).toBe(key.keyID);
  });

  it('for exactly an hour, clocks a minute apart', async () => {
    expect(await ask(`Bearer ${await sign({ ...claims(), exp: now() + HOUR })}`)).toBe(key.keyID);
    expect(await ask(`Bearer ${await sign({ ...claims(), iat: now() + 60 })}`)).toBe(key.keyID);
    expect(await ask(`Bearer ${await sign({ ...claims(), iat: now() - 90, exp: now() - 59 })}`)).toBe(
      key.keyID,
    );
  });
});

describe('a token is refused, always in the same words', () => {
  const wrongClaims: [string, () => JWTPayload][] = [
    ['is expired', () => ({ ...claims(), iat: now() - HOUR, exp: now() - 61 })],
    ['lives longer than an hour', () => ({ ...claims(), exp: now() + HOUR + 1 })],
    ['was signed in the future', () => ({ ...claims(), iat: now() + 61, exp: now() + 300 })],
    ['ends before it begins', () => ({ ...claims(), iat: now() + 50, exp: now() + 40 })],
    ['does not count yet', () => ({ ...claims(), nbf: now() + 120 })],
    ['has no exp', () => ({ aud: 'home', iat: now() })],
    ['has no iat', () => ({ aud: 'home', exp: now() + 300 })],
    ['has no audience', () => ({ iat: now(), exp: now() + 300 })],
    ['is of another audience', () => ({ ...claims(), aud: 'shop' })],
    ['is of an audience that begins the same', () => ({ ...claims(), aud: 'home2' })],
    ['has two audiences', () => ({ ...claims(), aud: ['home', 'shop'] })],
    ['names its audience twice', () => ({ ...claims(), aud: ['home', 'home'] })],
    ['has an empty list of audiences', () => ({ ...claims(), aud: [] })],
    ['has an audience that is no text', () => ({ ...claims(), aud: { 0: 'home' } as never })],
    ['has an exp that is no number', () => ({ ...claims(), exp: `${now() + 300}` as never })],
    ['has an iat that is no number', () => ({ ...claims(), iat: null as never })],
  ];
  it.each(wrongClaims)('when it %s', async (_, payload) => expectRefusal(await sign(payload())));

  it('when another key signed it', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    await expectRefusal(await sign(claims(), {}, pem));
  });

  it('when it is of algorithm none', async () => {
    await expectRefusal(new UnsecuredJWT(claims()).encode());
    for (const alg of ['none', 'None', 'NONE', '']) {
      await expectRefusal(`${encode({ alg, kid: key.keyID })}.${encode(claims())}.`);
    }
    const [, , signature] = (await sign(claims())).split('.');
    await expectRefusal(`${encode({ alg: 'none', kid: key.keyID })}.${encode(claims())}.${signature}`);
  });

  it('when the public key signed it as if it were an HMAC secret', async () => {
    const publicKey = createPublicKey(key.privateKeyPEM);
    const jwk = publicKey.export({ format: 'jwk' });
    const secrets = [
      publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      publicKey.export({ type: 'spki', format: 'der' }),
      JSON.stringify(jwk),
      Buffer.from(jwk.n as string, 'base64url'),
    ];
    const body = `${encode({ alg: 'HS256', kid: key.keyID })}.${encode(claims())}`;
    for (const secret of secrets) {
      await expectRefusal(`${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`);
    }
  });

  it.each(['RS384', 'RS512', 'PS256'])('when it is signed with %s', async (alg) =>
    expectRefusal(await sign(claims(), { alg })),
  );

  it('when it names no key, an unknown one, or one that is no text', async () => {
    await expectRefusal(await sign(claims(), { kid: undefined }));
    for (const kid of ['', 'x', crypto.randomUUID(), '../../etc/passwd', "' or 1=1 --", 'a\0b']) {
      await expectRefusal(await sign(claims(), { kid }));
    }
    await expectRefusal(await sign(claims(), { kid: 1 as never }));
    await expectRefusal(await sign(claims(), { kid: [key.keyID] as never }));
  });

  it('when it brings its own key', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    await expectRefusal(await sign(claims(), { jwk: publicKey.export({ format: 'jwk' }) }, pem));
    await expectRefusal(await sign(claims(), { jku: 'https://evil.example/jwks.json' }, pem));
  });

  it('when an extension of it must be understood', async () => {
    const token = new SignJWT(claims()).setProtectedHeader({
      alg: 'RS256',
      kid: key.keyID,
      crit: ['x'],
      x: 1,
    });
    await expectRefusal(
      await token.sign(await importPKCS8(key.privateKeyPEM, 'RS256'), { crit: { x: true } }),
    );
  });

  it('when it was altered', async () => {
    const [header, payload, signature] = (await sign(claims())).split('.');
    await expectRefusal(`${header}.${encode({ ...claims(), sub: 'x' })}.${signature}`);
    await expectRefusal(`${encode({ alg: 'RS256', kid: key.keyID, x: 1 })}.${payload}.${signature}`);
    await expectRefusal(`${header}.${payload}.`);
    await expectRefusal(`${header}.${payload}`);
  });

  it.each(['x', '...', 'a.b.c', `${'a'.repeat(9_000)}.b.c`])('when it is %.20s', async (token) => {
    expect(await ask(`Bearer ${token}`)).toMatchObject(isRefused);
  });

  it('when it comes in another scheme, or not at all', async () => {
    const token = await sign(claims());
    for (const value of [
      undefined,
      '',
      token,
      `Basic ${token}`,
      `Bearer`,
      `Bearer ${token} x`,
      `Bearer: ${token}`,
    ]) {
      expect(await ask(value)).toMatchObject(isRefused);
    }
    expect(await ask()).toMatchObject({ headers: { 'www-authenticate': 'Bearer realm="Admin API"' } });
  });

  it('when the key is of another project, whose audience it names', async () => {
    const shop = await projects.create({ name: 'Shop', id: 'shop' }, acting);
    const theirs = await projects.adminKeys(shop).create(acting);
    await expectRefusal(await sign(claims(), { kid: theirs.keyID }, theirs.privateKeyPEM));
  });

  it('when the key has been revoked, from the next request on', async () => {
    const other = await projects.adminKeys(home).create(acting);
    home = await projects.get('home');
    const token = await sign(claims(), { kid: other.keyID }, other.privateKeyPEM);
    expect(await ask(`Bearer ${token}`)).toBe(other.keyID);
    await projects.adminKeys(home).revoke(other.keyID, acting);
    home = await projects.get('home');
    await expectRefusal(token);
  });
});

describe('the use of a key', () => {
  const lastUsed = async () => {
    const found = (await projects.adminKeys(home).list()).find(({ id }) => id === key.keyID);
    return found?.lastUsedAt?.getTime();
  };

  it('is noted, at most once a minute, and not when the token is refused', async () => {
    clock.advance(120_000);
    const first = clock.now().getTime();
    await ask(`Bearer ${await sign(claims())}`);
    expect(await lastUsed()).toBe(first);
    clock.advance(59_000);
    await ask(`Bearer ${await sign(claims())}`);
    expect(await lastUsed()).toBe(first);
    clock.advance(60_000);
    await ask(`Bearer ${await sign({ ...claims(), aud: 'shop' })}`);
    expect(await lastUsed()).toBe(first);
    await ask(`Bearer ${await sign(claims())}`);
    expect(await lastUsed()).toBe(clock.now().getTime());
  });
});

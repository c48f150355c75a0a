import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, isLoopback, readConfig } from './config.ts';

const SECRET = 'x'.repeat(32);
const DATABASE = 'postgres://app:pw@db.example.com/latchkey';

function problemsOf(env: Record<string, string>, options?: { demo: boolean }): readonly string[] {
  try {
    readConfig(env, options);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('readConfig', () => {
  it('needs no setting at all', () => {
    expect(readConfig({})).toEqual({
      host: '127.0.0.1',
      port: 4000,
      dataDir: resolve('data'),
      production: false,
      trustedProxies: [],
      logLevel: 'info',
      demo: false,
    });
  });

  it('takes an empty value for none', () => {
    expect(readConfig({ PORT: '', HOST: ' ', PUBLIC_ORIGIN: '' })).toEqual(readConfig({}));
  });

  it('reads every setting', () => {
    const config = readConfig({
      HOST: '[::]',
      PORT: '8443',
      PUBLIC_ORIGIN: 'https://login.example.com',
      DATABASE_URL: DATABASE,
      DATABASE_DIRECT_URL: 'postgresql://localhost/latchkey?host=/run/postgresql',
      LATCHKEY_SECRET: `${SECRET}, ${SECRET}y`,
      SMTP_URL: 'smtps://u:p@mail.example.com',
      TRUSTED_PROXIES: '10.0.0.0/8, 2001:db8::/32,127.0.0.1',
      LOG_LEVEL: 'debug',
      LATCHKEY_DATA_DIR: '/srv/latchkey',
    });
    expect(config).toMatchObject({
      host: '::',
      port: 8443,
      production: true,
      dataDir: '/srv/latchkey',
      secretList: `${SECRET},${SECRET}y`,
      trustedProxies: ['10.0.0.0/8', '2001:db8::/32', '127.0.0.1/32'],
      logLevel: 'debug',
    });
    expect(config.publicOrigin?.origin).toBe('https://login.example.com');
  });

  it.each([
    ['PORT', '70000', /PORT is "70000".*0 to 65535/],
    ['PORT', '4e3', /PORT .*no port/],
    ['HOST', 'http://localhost:4000', /HOST .*without scheme and port/],
    ['PUBLIC_ORIGIN', 'login.example.com', /PUBLIC_ORIGIN .*such as https:\/\/login\.example\.com/],
    ['PUBLIC_ORIGIN', 'https://login.example.com/app', /PUBLIC_ORIGIN .*scheme and host only/],
    ['PUBLIC_ORIGIN', 'https://login.example.com?', /PUBLIC_ORIGIN .*scheme and host only/],
    ['PUBLIC_ORIGIN', 'http://login.example.com', /PUBLIC_ORIGIN .*https:\/\/login\.example\.com/],
    ['PUBLIC_ORIGIN', 'ftp://login.example.com', /PUBLIC_ORIGIN .*no origin/],
    ['DATABASE_DIRECT_URL', DATABASE, /DATABASE_DIRECT_URL needs DATABASE_URL/],
    ['SMTP_URL', 'mail.example.com:587', /SMTP_URL .*smtp:\/\//],
    ['TRUSTED_PROXIES', '10.0.0.0/33', /TRUSTED_PROXIES holds "10\.0\.0\.0\/33"/],
    ['TRUSTED_PROXIES', '10.0.0.1,proxy', /TRUSTED_PROXIES holds "proxy"/],
    ['LOG_LEVEL', 'verbose', /LOG_LEVEL is "verbose".*debug/],
    ['LATCHKEY_SECRET', 'short', /LATCHKEY_SECRET is shorter than 32 bytes/],
    ['LATCHKEY_SECRET', `${SECRET},short`, /LATCHKEY_SECRET has at place 2/],
    ['LATCHKEY_DATA_DIR', 'a\0b', /LATCHKEY_DATA_DIR holds a NUL/],
  ])('refuses %s=%s with the fix', (name, value, sentence) => {
    const problems = problemsOf({ [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(sentence);
  });

  it('never shows a password', () => {
    const told = problemsOf({
      PUBLIC_ORIGIN: 'https://me:hunter2@login.example.com',
      DATABASE_URL: 'mysql://me:hunter2@db/latchkey',
      SMTP_URL: 'http://me:hunter2@mail',
      LATCHKEY_SECRET: 'hunter2',
    });
    expect(told).toHaveLength(4);
    expect(told.join()).not.toContain('hunter2');
  });

  it('wants a secret with an external database, and none with the embedded one', () => {
    expect(problemsOf({ DATABASE_URL: DATABASE })).toEqual([
      expect.stringMatching(/^LATCHKEY_SECRET is missing/),
    ]);
    expect(problemsOf({ DATABASE_URL: DATABASE, LATCHKEY_SECRET: SECRET })).toEqual([]);
    expect(problemsOf({ PUBLIC_ORIGIN: 'https://login.example.com' })).toEqual([]);
  });

  it('refuses the demo with an external database and in production', () => {
    expect(problemsOf({ DATABASE_URL: DATABASE, LATCHKEY_SECRET: SECRET }, { demo: true })).toHaveLength(1);
    expect(problemsOf({ PUBLIC_ORIGIN: 'https://login.example.com' }, { demo: true })).toHaveLength(1);
    expect(problemsOf({ PUBLIC_ORIGIN: 'http://localhost:4000' }, { demo: true })).toEqual([]);
  });

  it('refuses the demo where other machines reach it', () => {
    for (const HOST of ['0.0.0.0', '::', '192.0.2.1', 'login.example.com']) {
      expect(problemsOf({ HOST }, { demo: true }), HOST).toHaveLength(1);
    }
    for (const HOST of ['127.0.0.1', '::1', 'localhost']) {
      expect(problemsOf({ HOST }, { demo: true }), HOST).toEqual([]);
    }
  });
});

describe('isLoopback', () => {
  it.each(['localhost', 'acme.localhost', '127.0.0.1', '127.1.2.3', '[::1]'])('%s is', (name) => {
    expect(isLoopback(name)).toBe(true);
  });
  it.each(['localhost.example.com', '128.0.0.1', '0.0.0.0', 'xlocalhost'])('%s is not', (name) => {
    expect(isLoopback(name)).toBe(false);
  });
});

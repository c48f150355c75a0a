import { hash as argon2Hash } from '@node-rs/argon2';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHasher, DUMMY_HASH } from './hasher.ts';

const hasher = createHasher();

describe('a hash', () => {
  it('is argon2id with the parameters OWASP asks for, and a salt of its own', async () => {
    const [one, other] = await Promise.all([hasher.hash('plover hinge 41'), hasher.hash('plover hinge 41')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(one).not.toBe(other);
  });

  it('is one of its own password and of no other', async () => {
    const hash = await hasher.hash('plover hinge 41');
    expect(await hasher.verify(hash, 'plover hinge 41')).toBe(true);
    expect(await hasher.verify(hash, 'plover hinge 42')).toBe(false);
    expect(await hasher.verify(hash, '')).toBe(false);
  });

  it('tells apart what differs behind a NUL', async () => {
    const hash = await hasher.hash('plover\0one');
    expect(await hasher.verify(hash, 'plover\0two')).toBe(false);
  });

  it('needs another one where it was made with other parameters', async () => {
    expect(hasher.needsRehash(await hasher.hash('x'))).toBe(false);
    expect(hasher.needsRehash(await argon2Hash('x', { memoryCost: 1024, timeCost: 2 }))).toBe(true);
    expect(hasher.needsRehash(await argon2Hash('x', { memoryCost: 19_456, timeCost: 1 }))).toBe(true);
    expect(hasher.needsRehash(await argon2Hash('x', { algorithm: 1 }))).toBe(true);
  });

  it('is of no password where it is malformed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.string(), async (hash, password) => {
        expect(await hasher.verify(hash, password)).toBe(false);
        expect(hasher.needsRehash(hash)).toBe(true);
      }),
      {
        numRuns: 25,
        examples: [
          ['', ''],
          ['$argon2id$', 'x'],
          ['$2b$10$abcdefghijklmnopqrstuv', 'x'],
        ],
      },
    );
  });

  it('of nobody is one of no password and costs what every hash costs', async () => {
    expect(DUMMY_HASH).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(await hasher.verify(DUMMY_HASH, '')).toBe(false);
    expect(hasher.needsRehash(DUMMY_HASH)).toBe(false);
  });
});

describe('the queue', () => {
  it('refuses what comes when it is full, and says when to come back', async () => {
    const small = createHasher({ concurrency: 1, queue: 1 });
    const [first, second, third] = await Promise.allSettled([
      small.hash('a'),
      small.hash('b'),
      small.hash('c'),
    ]);
    expect(first.status).toBe('fulfilled');
    expect(second.status).toBe('fulfilled');
    expect(third).toMatchObject({
      status: 'rejected',
      reason: { kind: 'ServiceUnavailable', reason: 'HashingQueueFull', info: { retry_after_seconds: 2 } },
    });
    await expect(small.hash('d')).resolves.toContain('$argon2id$');
  });
});

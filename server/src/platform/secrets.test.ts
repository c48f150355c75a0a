import { describe, expect, it } from 'vitest';
import { createSecrets } from './secrets.ts';

const old = 'an-old-secret-of-at-least-32-bytes!!';
const fresh = 'a-fresh-secret-of-at-least-32-bytes!';

describe('what is sealed', () => {
  it('opens with the same secret and purpose', () => {
    const secrets = createSecrets(old);
    expect(secrets.open('mail', secrets.seal('mail', 'päss 🔑')).toString()).toBe('päss 🔑');
  });

  it('does not open for another purpose', () => {
    const secrets = createSecrets(old);
    expect(() => secrets.open('keys', secrets.seal('mail', 'x'))).toThrow();
  });

  it('opens after the secret was rotated, as long as the old one is listed', () => {
    const sealed = createSecrets(old).seal('mail', 'x');
    expect(createSecrets(`${fresh},${old}`).open('mail', sealed).toString()).toBe('x');
    expect(() => createSecrets(fresh).open('mail', sealed)).toThrow(/LATCHKEY_SECRET/);
  });

  it('is refused when a bit was changed', () => {
    const secrets = createSecrets(old);
    const [version, name, body] = secrets.seal('mail', 'hello').split('.') as [string, string, string];
    const bytes = Buffer.from(body, 'base64url');
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    expect(() => secrets.open('mail', [version, name, bytes.toString('base64url')].join('.'))).toThrow();
  });

  it('tells by its mark whether it is under the first secret', () => {
    const before = createSecrets(old);
    const rotated = createSecrets(`${fresh},${old}`);
    expect(before.seal('mail', 'x').startsWith(before.mark)).toBe(true);
    expect(before.seal('mail', 'x').startsWith(rotated.mark)).toBe(false);
    expect(rotated.seal('mail', 'x').startsWith(rotated.mark)).toBe(true);
    expect(rotated.mark).toBe(createSecrets(fresh).mark);
    expect(rotated.mark).not.toContain(fresh);
  });

  it('never looks the same twice', () => {
    const secrets = createSecrets(old);
    expect(secrets.seal('mail', 'x')).not.toBe(secrets.seal('mail', 'x'));
  });
});

it('names its secrets without telling them', () => {
  const [fingerprint] = createSecrets(old).fingerprints();
  expect(fingerprint).not.toContain(old);
  expect(createSecrets(`${fresh},${old}`).fingerprints()).toContain(fingerprint);
});

import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** What the server can do with `LATCHKEY_SECRET`, without anybody seeing it. */
export interface Secrets {
  /** Seals with AES-256-GCM under a key derived for `purpose`; the result names its key and is URL-safe text. */
  seal(purpose: string, plaintext: string | Buffer): string;
  /** What everything that `seal` makes begins with, and nothing that was sealed under another secret does. */
  readonly mark: string;
  /** Opens what `seal` made for the same purpose, under any listed secret. Throws when forged or of another secret. */
  open(purpose: string, sealed: string): Buffer;
  /** HMAC-SHA-256 under a key derived for `purpose` from the first secret. */
  hmac(purpose: string, text: string): Buffer;
  /** HMAC keys for `purpose`, one per listed secret, the newest first: for what must go on verifying after a rotation. */
  keys(purpose: string): Buffer[];
  /** Names the secrets without telling them: stored at the first start, compared at each later one. */
  fingerprints(): string[];
}

const derive = (secret: string, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, 'latchkey', purpose, 32));

const keyName = (secret: string): string => derive(secret, 'key-name').subarray(0, 6).toString('base64url');

/**
 * Takes `LATCHKEY_SECRET`: a comma-separated list of which the first seals and all open.
 * Keys are derived with HKDF (RFC 5869), one per purpose, so that none can be used for another's work.
 */
export function createSecrets(list: string): Secrets {
  const secrets = list
    .split(',')
    .map((secret) => secret.trim())
    .filter((secret) => secret !== '');
  const [first] = secrets;
  if (first === undefined) throw new Error('LATCHKEY_SECRET is empty');
  const names = new Map(secrets.map((secret) => [secret, keyName(secret)]));
  const byName = new Map([...names].map(([secret, name]) => [name, secret]));
  const mark = `v1.${names.get(first)}.`;
  const derived = new Map<string, Buffer>();
  const keyFor = (secret: string, purpose: string): Buffer => {
    const cacheKey = `${names.get(secret)}:${purpose}`;
    const key = derived.get(cacheKey) ?? derive(secret, purpose);
    if (!purpose.includes(':')) derived.set(cacheKey, key);
    return key;
  };

  return {
    mark,
    seal(purpose, plaintext) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', keyFor(first, `seal/${purpose}`), iv);
      const body = Buffer.concat([cipher.update(plaintext), cipher.final()]);
      return mark + Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
    },
    open(purpose, sealed) {
      const [version, name, payload] = sealed.split('.');
      const secret = byName.get(name ?? '');
      if (version !== 'v1' || secret === undefined || payload === undefined) {
        throw new Error('sealed under a secret that is not in LATCHKEY_SECRET');
      }
      const bytes = Buffer.from(payload, 'base64url');
      const decipher = createDecipheriv(
        'aes-256-gcm',
        keyFor(secret, `seal/${purpose}`),
        bytes.subarray(0, 12),
        { authTagLength: 16 },
      );
      decipher.setAuthTag(bytes.subarray(12, 28));
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]);
    },
    hmac: (purpose, text) =>
      createHmac('sha256', keyFor(first, `hmac/${purpose}`))
        .update(text)
        .digest(),
    keys: (purpose) => secrets.map((secret) => keyFor(secret, `hmac/${purpose}`)),
    fingerprints: () => secrets.map((secret) => derive(secret, 'fingerprint').toString('base64url')),
  };
}

import { createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { JWK } from 'jose';

const generate = promisify(generateKeyPair);

/** RFC 7518, section 3.3: 2048 bits or more. */
const MODULUS_BITS = 2_048;

/** Makes an RSA key for RS256, off the event loop (some 100 ms of one core). */
export async function generateRSA(): Promise<{ privateKey: KeyObject; privateKeyPEM: string }> {
  const { privateKey } = await generate('rsa', { modulusLength: MODULUS_BITS });
  return { privateKey, privateKeyPEM: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

const describe = (id: string) => ({ kid: id, alg: 'RS256', use: 'sig' });

/** The public half as a JWK (RFC 7517). */
export const publicJWK = (key: KeyObject, id: string): JWK => ({
  ...(createPublicKey(key).export({ format: 'jwk' }) as JWK),
  ...describe(id),
});

/** The whole key as a JWK (RFC 7517). */
export const privateJWK = (key: KeyObject, id: string): JWK => ({
  ...(key.export({ format: 'jwk' }) as JWK),
  ...describe(id),
});

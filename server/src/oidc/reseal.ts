import { type Reseal, sealAnew } from '../platform/secret-rotation.ts';
import { clientSecretPurpose } from './client-secret.ts';
import { sealedClientSecrets } from './client-store.ts';

/** Seals the secrets of the apps of all projects under the first secret; the secrets stay the same. */
export const resealClientSecrets: Reseal = (tx, secrets) =>
  sealAnew(secrets, sealedClientSecrets(tx), { name: 'the secret of the app', purpose: clientSecretPurpose });

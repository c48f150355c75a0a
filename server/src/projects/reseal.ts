import { type Reseal, sealAnew } from '../platform/secret-rotation.ts';
import { settingPurpose } from './secret-settings.ts';
import { sealedSettings } from './settings-store.ts';
import { signingKeyPurpose } from './signing-keys.ts';
import { sealedSigningKeys } from './signing-keys-store.ts';

/*
 * What is kept stays the same, only how it is sealed changes: no revision is raised, and nothing is recorded.
 */

/** Seals the signing keys of all projects under the first secret. */
export const resealSigningKeys: Reseal = (tx, secrets) =>
  sealAnew(secrets, sealedSigningKeys(tx), { name: 'the signing key', purpose: signingKeyPurpose });

/** Seals the secret settings of all projects under the first secret. */
export const resealSettings: Reseal = (tx, secrets) =>
  sealAnew(secrets, sealedSettings(tx), { name: 'the setting', purpose: settingPurpose });

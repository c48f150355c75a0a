import type { JsonObject } from '../../platform/database/index.ts';
import { type AttributeCause, attributesRefused } from '../errors.ts';
import type { Identity } from '../model.ts';
import { ADDRESS_MEMBERS, DERIVED_CLAIMS, LOGIN_ID_CLAIMS, TEXT_CLAIMS } from './claims.ts';
import type { Check } from './forms.ts';

type Owned = Pick<Identity, 'type' | 'normalized'>;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const unknown = (location: string): AttributeCause => ({
  location,
  kind: 'unknown',
  wanted: 'left out: there is no such attribute',
});

/** Judges members by their checks; those without one are unknown. */
function checkMembers(
  members: Record<string, unknown>,
  checks: Readonly<Record<string, Check>>,
  path: string,
): { kept: [string, string][]; causes: AttributeCause[] } {
  const kept: [string, string][] = [];
  const causes: AttributeCause[] = [];
  for (const [name, value] of Object.entries(members)) {
    const location = `${path}/${name}`;
    const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
    const judged = check?.(value);
    if (!judged) causes.push(unknown(location));
    else if ('kind' in judged) causes.push({ location, ...judged });
    else kept.push([name, judged.value]);
  }
  return { kept, causes };
}

/** A login id is the user's own, in whichever claim it stands. */
const ownedCheck =
  (type: Identity['type'], identities: readonly Owned[]): Check =>
  (value) =>
    identities.some((identity) => identity.type === type && identity.normalized === value)
      ? { value: value as string }
      : { kind: 'format', wanted: 'one of the login ids that the user has' };

/**
 * Judges the standard attributes that are to take the place of a user's: claims of OpenID Connect Core 1.0,
 * section 5.1. Those that are worked out (`email_verified` …) are taken and dropped, so that what was read can
 * be written back; a claim that names a login id must name one that the user has.
 *
 * @returns what is to be stored, in its canonical form
 * @throws Invalid `ValidationFailed`, with everything that is wrong in `info.causes`
 */
export function checkStandardAttributes(
  given: Record<string, unknown>,
  identities: readonly Owned[],
): JsonObject {
  const { address, ...claims } = given;
  for (const name of DERIVED_CLAIMS) delete claims[name];
  const owned = Object.entries(LOGIN_ID_CLAIMS).map(([claim, type]): [string, Check] => [
    claim,
    ownedCheck(type, identities),
  ]);
  const { kept, causes } = checkMembers(claims, { ...TEXT_CLAIMS, ...Object.fromEntries(owned) }, '');
  const lines = isObject(address) ? checkMembers(address, ADDRESS_MEMBERS, '/address') : undefined;
  if (address !== undefined && !lines) {
    causes.push({ location: '/address', kind: 'type', wanted: 'an object' });
  }
  causes.push(...(lines?.causes ?? []));
  if (causes.length > 0) throw attributesRefused(causes);
  const hasAddress = lines !== undefined && lines.kept.length > 0;
  return Object.fromEntries([
    ...kept,
    ...(hasAddress ? [['address', Object.fromEntries(lines.kept)] as const] : []),
  ]);
}

/**
 * Judges the custom attributes of a user. A project has those that it defines, and none can be defined yet: what
 * is written today would fit no definition of tomorrow, so every name is refused rather than kept or dropped.
 *
 * @throws Invalid `ValidationFailed`
 */
export function checkCustomAttributes(given: Record<string, unknown>): JsonObject {
  const causes = Object.keys(given).map((name) => unknown(`/${name}`));
  if (causes.length > 0) throw attributesRefused(causes);
  return {};
}

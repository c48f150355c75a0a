import { decodeProtectedHeader, importJWK, type JWK, type JWTPayload, jwtVerify } from 'jose';
import type { Clock } from '../../../platform/clock.ts';
import type { Project, Projects } from '../../../projects/index.ts';
import type { Refusal } from './refuse.ts';

const CLOCK_SKEW_SECONDS = 60;
const LONGEST_LIFE_SECONDS = 3_600;
const LONGEST_TOKEN = 8_192;
const TOUCH_EVERY_MS = 60_000;

interface Deps {
  clock: Clock;
  projects: Pick<Projects, 'adminKeys'>;
}

/** The token in `Authorization: Bearer …` (RFC 6750, section 2.1); undefined when there is none. */
function bearerToken(request: Request): string | undefined {
  const token = /^Bearer +([A-Za-z0-9._-]+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  return token !== undefined && token.length <= LONGEST_TOKEN ? token : undefined;
}

/** Whether the token names this project and nobody else. */
const isMeantFor = ({ aud }: JWTPayload, project: Project): boolean =>
  Array.isArray(aud) ? aud.length === 1 && aud[0] === project.id : aud === project.id;

function livesShortly({ iat, exp }: JWTPayload, now: Date): boolean {
  const seconds = now.getTime() / 1_000;
  return (
    iat !== undefined &&
    exp !== undefined &&
    iat <= seconds + CLOCK_SKEW_SECONDS &&
    exp > iat &&
    exp - iat <= LONGEST_LIFE_SECONDS
  );
}

/** The key that the token names in its header; undefined where it names none. */
function keyIDOf(token: string): string | undefined {
  try {
    const { kid } = decodeProtectedHeader(token);
    return typeof kid === 'string' ? kid : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the key signed the token, for this project, for now. */
async function isGenuine(token: string, publicJWK: JWK, project: Project, now: Date): Promise<boolean> {
  try {
    const { payload } = await jwtVerify(token, await importJWK(publicJWK, 'RS256'), {
      algorithms: ['RS256'],
      requiredClaims: ['aud', 'iat', 'exp'],
      clockTolerance: CLOCK_SKEW_SECONDS,
      currentDate: now,
    });
    return isMeantFor(payload, project) && livesShortly(payload, now);
  } catch {
    return false;
  }
}

const refusal = (challenge: string): Refusal => ({
  status: 401,
  kind: 'Unauthorized',
  reason: 'InvalidAdminKey',
  message: 'the Admin API wants a valid token, signed with one of the keys of this project',
  headers: { 'www-authenticate': challenge },
});

/**
 * Finds out which key of the project signed the request: a JWT (RFC 7519) in the Bearer scheme, RS256 and
 * nothing else, `kid` a key that is not revoked, `aud` this project alone, `iat` and `exp` at most an hour
 * apart; clocks may differ by 60 seconds. Whatever is wrong, the words are the same.
 *
 * @returns the key's id, or the refusal (401)
 */
export async function authenticateKey(
  { clock, projects }: Deps,
  project: Project,
  request: Request,
): Promise<{ keyID: string } | { refusal: Refusal }> {
  const token = bearerToken(request);
  if (token === undefined) return { refusal: refusal('Bearer realm="Admin API"') };
  const refused = { refusal: refusal('Bearer realm="Admin API", error="invalid_token"') };
  const keyID = keyIDOf(token);
  if (keyID === undefined) return refused;
  const keys = projects.adminKeys(project);
  const key = await keys.find(keyID);
  if (key === undefined || key.revokedAt !== null) return refused;
  const now = clock.now();
  if (!(await isGenuine(token, key.publicJWK, project, now))) return refused;
  if (key.lastUsedAt === null || now.getTime() - key.lastUsedAt.getTime() >= TOUCH_EVERY_MS) {
    await keys.touch(keyID);
  }
  return { keyID };
}

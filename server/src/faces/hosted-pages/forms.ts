import type { Context } from 'hono';
import { invalid, LatchkeyError } from '../../platform/errors.ts';
import type { PageEnv } from './http.ts';

const LIMIT_BYTES = 64 * 1024;

const tooLarge = (): LatchkeyError =>
  new LatchkeyError('Invalid', 'BodyTooLarge', `the body is larger than ${LIMIT_BYTES} bytes`);

/** The fields of a form, each exactly once; an absent one reads as "". */
export type FormFields = (name: string) => string;

/**
 * Reads a form.
 * @throws UnsupportedMediaType, BodyTooLarge (more than 64 KB), DuplicateField (a field sent twice must not
 *   leave open which one counts), MalformedField (a NUL character, which PostgreSQL cannot hold)
 */
export async function readForm(c: Context<PageEnv>): Promise<FormFields> {
  requireType(c, 'application/x-www-form-urlencoded');
  const fields = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(await readText(c))) {
    if (fields.has(name)) throw invalid('DuplicateField', 'a field was sent twice');
    if (value.includes('\0')) throw invalid('MalformedField', 'a field holds a NUL character');
    fields.set(name, value);
  }
  return (name) => fields.get(name) ?? '';
}

/** Reads the `password` of a JSON body. Throws as `readForm` does, and MalformedField where it is no text. */
export async function readPasswordJSON(c: Context<PageEnv>): Promise<string> {
  requireType(c, 'application/json');
  const text = await readText(c);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw invalid('MalformedField', 'the body is not JSON');
  }
  const password =
    typeof body === 'object' && body !== null && 'password' in body ? body.password : undefined;
  if (typeof password !== 'string') throw invalid('MalformedField', '`password` must be a string');
  return password;
}

function requireType(c: Context<PageEnv>, type: string): void {
  if (c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase() !== type) {
    throw invalid('UnsupportedMediaType', `the body must be ${type}`);
  }
}

async function readText(c: Context<PageEnv>): Promise<string> {
  if (Number(c.req.header('content-length') ?? 0) > LIMIT_BYTES) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of c.req.raw.body ?? []) {
    size += chunk.byteLength;
    if (size > LIMIT_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

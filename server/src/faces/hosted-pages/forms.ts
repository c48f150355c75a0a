import { readBody } from '../../platform/http/read-body.ts';
import { bodyTooLarge, duplicateField, malformedBody, unsupportedMediaType } from './errors.ts';
import type { PageContext } from './http.ts';

const LIMIT_BYTES = 64 * 1024;

/** The fields of a form, each exactly once; an absent one reads as "". A field may hold any character, NUL too. */
export type FormFields = (name: string) => string;

/**
 * Reads a form.
 * @throws Invalid `UnsupportedMediaType`; `BodyTooLarge` (more than 64 KB); `DuplicateField` (a field sent twice
 *   must not leave open which one counts)
 */
export async function readForm(c: PageContext): Promise<FormFields> {
  requireType(c, 'application/x-www-form-urlencoded');
  const fields = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(await readText(c))) {
    if (fields.has(name)) throw duplicateField();
    fields.set(name, value);
  }
  return (name) => fields.get(name) ?? '';
}

/**
 * Reads a JSON object as a form is read. What is no text reads as "".
 * @throws Invalid `UnsupportedMediaType`, `BodyTooLarge`, `MalformedBody`
 */
export async function readJSON(c: PageContext): Promise<FormFields> {
  requireType(c, 'application/json');
  const fields = parseObject(await readText(c));
  return (name) => {
    const value = fields.get(name);
    return typeof value === 'string' ? value : '';
  };
}

function parseObject(text: string): Map<string, unknown> {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null) return new Map(Object.entries(body));
  } catch {
    // Refused below, like JSON that is no object.
  }
  throw malformedBody();
}

function requireType(c: PageContext, type: string): void {
  if (c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase() !== type) {
    throw unsupportedMediaType(type);
  }
}

async function readText(c: PageContext): Promise<string> {
  const announced = c.req.header('content-length');
  // HTTP holds the sender to the length it announced; only what comes in chunks must be counted.
  if (announced !== undefined && Number(announced) <= LIMIT_BYTES) return c.req.text();
  const body = await readBody(c.req.raw, LIMIT_BYTES);
  if (body === undefined) throw bodyTooLarge(LIMIT_BYTES);
  return body.toString('utf8');
}

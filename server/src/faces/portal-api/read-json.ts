import { readBody } from '../../platform/http/read-body.ts';
import { invalidBody } from './errors.ts';
import type { PortalContext } from './http.ts';

const LARGEST_BODY_BYTES = 64 * 1024;

/**
 * Reads the body of a request, which holds one JSON object.
 * @throws Invalid `InvalidRequestBody`
 */
export async function readJSON(c: PortalContext): Promise<Record<string, unknown>> {
  const bytes = await readBody(c.req.raw, LARGEST_BODY_BYTES);
  if (bytes === undefined) throw invalidBody(`the body is over ${LARGEST_BODY_BYTES} bytes`);
  let body: unknown;
  try {
    body = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw invalidBody('the body is not valid JSON');
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw invalidBody('the body must be a JSON object');
  }
  return body as Record<string, unknown>;
}

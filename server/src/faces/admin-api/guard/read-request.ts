import { readBody as readBytes } from '../../../platform/http/read-body.ts';
import type { AdminApiErrorReason } from '../errors.ts';
import type { Refusal } from './refuse.ts';

/** The body of a request at the most, in bytes. */
export const MAX_BODY_BYTES = 1_000_000;

const PARAMETERS = new Set(['query', 'variables', 'operationName', 'extensions']);

const bad = (
  status: number,
  reason: AdminApiErrorReason,
  message: string,
  headers?: Record<string, string>,
): Refusal => ({
  status,
  kind: 'Invalid',
  reason,
  message,
  headers,
});

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isAbsent = (value: unknown): boolean => value === undefined || value === null;

/**
 * What is wrong with the request's method and headers; undefined when nothing is. Only POST with
 * `application/json` is served, which also keeps plain HTML forms of other sites out.
 */
export function judgeHead(request: Request): Refusal | undefined {
  if (request.method !== 'POST') {
    return bad(405, 'MethodNotAllowed', 'the Admin API answers POST only', { allow: 'POST' });
  }
  const type = request.headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    return bad(415, 'UnsupportedMediaType', 'send the request as application/json');
  }
  const accept = request.headers.get('accept') ?? '*/*';
  if (!/\*\/\*|application\/(\*|json|graphql-response\+json)/i.test(accept)) {
    return bad(406, 'NotAcceptable', 'the answer is application/json or application/graphql-response+json');
  }
  return undefined;
}

function judgeParameters(body: unknown): Refusal | undefined {
  if (Array.isArray(body)) {
    return bad(400, 'BatchNotSupported', 'one operation a request: batches are not supported');
  }
  if (!isObject(body)) return bad(400, 'InvalidRequestBody', 'the body must be a JSON object');
  const unknown = Object.keys(body).find((key) => !PARAMETERS.has(key));
  if (unknown !== undefined) {
    const name = JSON.stringify(unknown.slice(0, 40));
    return bad(
      400,
      'InvalidRequestBody',
      `the body has no field ${name}; it has ${[...PARAMETERS].join(', ')}`,
    );
  }
  if (typeof body.query !== 'string' || body.query.trim() === '') {
    return bad(400, 'InvalidRequestBody', '"query" must be a GraphQL document');
  }
  for (const key of ['variables', 'extensions']) {
    if (!isAbsent(body[key]) && !isObject(body[key])) {
      return bad(400, 'InvalidRequestBody', `"${key}" must be an object`);
    }
  }
  if (!isAbsent(body.operationName) && typeof body.operationName !== 'string') {
    return bad(400, 'InvalidRequestBody', '"operationName" must be a string');
  }
  return undefined;
}

/**
 * Reads and checks the body (GraphQL over HTTP, section 5): UTF-8, JSON, one object with known fields.
 *
 * @returns the text of the body, or why it is refused (400, 413)
 */
export async function readBody(request: Request): Promise<{ text: string } | { refusal: Refusal }> {
  const bytes = await readBytes(request, MAX_BODY_BYTES);
  if (bytes === undefined) {
    const refusal = bad(413, 'RequestTooLarge', `the body is over ${MAX_BODY_BYTES} bytes`);
    return { refusal: { ...refusal, info: { maximum_bytes: MAX_BODY_BYTES } } };
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const refusal = judgeParameters(JSON.parse(text));
    return refusal ? { refusal } : { text };
  } catch {
    return { refusal: bad(400, 'InvalidJSON', 'the body is not valid JSON') };
  }
}

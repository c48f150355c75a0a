import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeHead, MAX_BODY_BYTES, readBody } from './read-request.ts';

const url = 'http://localhost/_api/admin/graphql';
const json = { 'content-type': 'application/json' };

const post = (body: BodyInit, headers: Record<string, string> = json): Request =>
  new Request(url, { method: 'POST', headers, body, duplex: 'half' } as RequestInit);

async function refusalOf(request: Request): Promise<{ status: number; reason: string } | undefined> {
  const body = await readBody(request);
  return 'refusal' in body ? { status: body.refusal.status, reason: body.refusal.reason } : undefined;
}

describe('the head of a request', () => {
  it.each([
    ['GET', undefined, undefined, 405],
    ['PUT', 'application/json', undefined, 405],
    ['POST', undefined, undefined, 415],
    ['POST', 'text/plain', undefined, 415],
    ['POST', 'application/x-www-form-urlencoded', undefined, 415],
    ['POST', 'multipart/form-data; boundary=x', undefined, 415],
    ['POST', 'application/graphql', undefined, 415],
    ['POST', 'application/json', 'text/html', 406],
    ['POST', 'application/json', 'text/event-stream', 406],
  ])('%s with %s, accepting %s, gets %d', (method, type, accept, status) => {
    const headers = { ...(type && { 'content-type': type }), ...(accept && { accept }) };
    const request = new Request(url, {
      method,
      headers,
      ...(method !== 'GET' && { body: new Uint8Array(1) }),
    });
    expect(judgeHead(request)?.status).toBe(status);
  });

  it.each([
    undefined,
    '*/*',
    'application/json',
    'application/graphql-response+json, application/json;q=0.9',
  ])('passes when it accepts %s', (accept) => {
    expect(judgeHead(post('{}', { ...json, ...(accept && { accept }) }))).toBeUndefined();
    expect(judgeHead(post('{}', { 'content-type': 'Application/JSON; charset=utf-8' }))).toBeUndefined();
  });
});

describe('the body of a request', () => {
  it.each([
    ['', 'InvalidJSON'],
    ['{', 'InvalidJSON'],
    ['{"query": "{ a }"', 'InvalidJSON'],
    ["{'query': 'x'}", 'InvalidJSON'],
    ['null', 'InvalidRequestBody'],
    ['"text"', 'InvalidRequestBody'],
    ['1', 'InvalidRequestBody'],
    ['{}', 'InvalidRequestBody'],
    ['{"query": ""}', 'InvalidRequestBody'],
    ['{"query": "  "}', 'InvalidRequestBody'],
    ['{"query": ["{ a }"]}', 'InvalidRequestBody'],
    ['{"query": {"$ne": null}}', 'InvalidRequestBody'],
    ['{"query": "{ a }", "variables": "{}"}', 'InvalidRequestBody'],
    ['{"query": "{ a }", "variables": []}', 'InvalidRequestBody'],
    ['{"query": "{ a }", "operationName": 1}', 'InvalidRequestBody'],
    ['{"query": "{ a }", "extensions": true}', 'InvalidRequestBody'],
    ['{"query": "{ a }", "admin": true}', 'InvalidRequestBody'],
    ['{"query": "{ a }", "__proto__": {}}', 'InvalidRequestBody'],
    ['[{"query": "{ a }"}]', 'BatchNotSupported'],
  ])('%s is refused', async (body, reason) => {
    expect(await refusalOf(post(body))).toEqual({ status: 400, reason });
  });

  it('passes as it came', async () => {
    const body = JSON.stringify({ query: '{ a }', variables: null, operationName: null });
    expect(await readBody(post(body))).toEqual({ text: body });
  });

  it('is refused when it is not UTF-8', async () => {
    const bytes = Buffer.concat([Buffer.from('{"query": "'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]);
    expect(await refusalOf(post(bytes))).toEqual({ status: 400, reason: 'InvalidJSON' });
  });

  it('is refused over 1,000,000 bytes, announced or not', async () => {
    const body = JSON.stringify({ query: `{ a } #${'x'.repeat(MAX_BODY_BYTES)}` });
    const tooLarge = { status: 413, reason: 'RequestTooLarge' };
    expect(await refusalOf(post(body, { ...json, 'content-length': String(body.length) }))).toEqual(tooLarge);
    let chunksRead = 0;
    const endless = new ReadableStream({
      pull(controller) {
        chunksRead++;
        controller.enqueue(new Uint8Array(100_000).fill(32));
      },
    });
    expect(await refusalOf(post(endless))).toEqual(tooLarge);
    expect(chunksRead).toBeLessThan(20);
    expect(await refusalOf(post('{"query": "{ a }"}', { ...json, 'content-length': '1e9' }))).toEqual(
      tooLarge,
    );
  });

  it('is counted in bytes, not in characters', async () => {
    const fits = JSON.stringify({ query: 'x'.repeat(MAX_BODY_BYTES - '{"query":""}'.length) });
    expect(await refusalOf(post(fits))).toBeUndefined();
    const umlauts = JSON.stringify({ query: 'ä'.repeat(600_000) });
    expect((await refusalOf(post(umlauts)))?.status).toBe(413);
  });

  it('is read or refused, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.json(), fc.string({ unit: 'binary-ascii' })), async (text) => {
        const refusal = await refusalOf(post(text));
        expect(refusal?.status ?? 400).toBe(400);
      }),
    );
  });
});

import { expect, it } from 'vitest';
import { readBody } from './read-body.ts';

const CHUNK = 1_000;

/** A request whose body comes in chunks, and how many of them were taken. */
function inChunks(count: number) {
  let taken = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (taken === count) return controller.close();
        taken++;
        controller.enqueue(new Uint8Array(CHUNK).fill(97));
      },
    },
    { highWaterMark: 0 },
  );
  const request = new Request('http://localhost/', { method: 'POST', body, duplex: 'half' } as RequestInit);
  return { request, taken: () => taken };
}

it('is read up to the limit', async () => {
  expect(await readBody(inChunks(3).request, 3 * CHUNK)).toEqual(Buffer.alloc(3 * CHUNK, 'a'));
  expect(await readBody(new Request('http://localhost/', { method: 'POST' }), CHUNK)).toEqual(
    Buffer.alloc(0),
  );
});

it('is not begun where its announced length is over the limit', async () => {
  const { request, taken } = inChunks(3);
  request.headers.set('content-length', String(3 * CHUNK));
  expect(await readBody(request, 2 * CHUNK)).toBeUndefined();
  expect(taken()).toBe(0);
});

it('is dropped to its end where it is over the limit, so that the connection can go on', async () => {
  const { request, taken } = inChunks(30);
  expect(await readBody(request, 2 * CHUNK)).toBeUndefined();
  await expect.poll(taken).toBe(30);
});

it('is given up where it does not end', async () => {
  const { request, taken } = inChunks(Number.POSITIVE_INFINITY);
  expect(await readBody(request, 2 * CHUNK, 10 * CHUNK)).toBeUndefined();
  await expect.poll(taken).toBe(13);
});

type Reader = ReadableStreamDefaultReader<Uint8Array>;

/**
 * Reads the body of a request.
 *
 * @param maximumDropped how many bytes of a body that is too large are waited for, only to be dropped
 * @returns undefined when it is over the limit, whatever its Content-Length claims. What is left of it is dropped as
 *   it comes: half read it would block its connection, and what other requests come on it.
 */
export async function readBody(
  request: Request,
  maximumBytes: number,
  maximumDropped = 64 * 1024 * 1024,
): Promise<Buffer | undefined> {
  if (Number(request.headers.get('content-length') ?? 0) > maximumBytes) return undefined;
  const reader: Reader | undefined = request.body?.getReader();
  if (!reader) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks);
    length += value.byteLength;
    if (length > maximumBytes) break;
    chunks.push(value);
  }
  // A sender that ends before its body does is nobody's error any more.
  drop(reader, maximumDropped).catch(() => {});
  return undefined;
}

async function drop(reader: Reader, maximumBytes: number): Promise<void> {
  for (let length = 0; length < maximumBytes; ) {
    const { done, value } = await reader.read();
    if (done) return;
    length += value.byteLength;
  }
}

import autocannon from 'autocannon';

/** What is to be sent, and how often. */
export interface Load {
  origin: string;
  /** How many requests in all. */
  amount: number;
  /** How many at a time. */
  connections: number;
  /** Each request is made from it; the library's own fields. */
  request: autocannon.Request;
  /** The one status class that every answer has to have. */
  expect: '2xx' | '3xx';
}

/**
 * Sends requests as fast as they are answered.
 * @returns answers per second
 */
export async function rateOf({ origin, amount, connections, request, expect }: Load): Promise<number> {
  const start = performance.now();
  let last = start;
  const result = await autocannon({
    url: origin,
    connections,
    amount,
    // The library itself counts in whole seconds.
    setupClient: (client) =>
      client.on('response', () => {
        last = performance.now();
      }),
    requests: [request],
  });
  if (result[expect] !== amount) throw new Error(`refused: ${JSON.stringify(result.statusCodeStats)}`);
  return (amount / (last - start)) * 1_000;
}

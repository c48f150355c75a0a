import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A load balancer that hands each request to the next of its servers, so that no two in a row meet the same one. */
export interface Balancer {
  origin: string;
  /** What stands in the Host header of requests to this origin. */
  host: string;
  /** The ports of the servers, which may be started later than the balancer. */
  servers: number[];
  /** How many requests each server has got. */
  counts(): number[];
  stop(): Promise<void>;
}

export async function startBalancer(): Promise<Balancer> {
  const servers: number[] = [];
  const counts = new Map<number, number>();
  let turn = 0;
  const http = createServer((incoming, outgoing) => {
    const port = servers[turn++ % servers.length] ?? 0;
    counts.set(port, (counts.get(port) ?? 0) + 1);
    const { method, url, headers } = incoming;
    const onward = request(
      { host: '127.0.0.1', port, method, path: url, headers, agent: false },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
        answer.pipe(outgoing);
      },
    );
    onward.on('error', () => outgoing.writeHead(502).end());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const host = `localhost:${(http.address() as AddressInfo).port}`;
  return {
    origin: `http://${host}`,
    host,
    servers,
    counts: () => servers.map((port) => counts.get(port) ?? 0),
    stop() {
      http.closeAllConnections();
      return new Promise((resolve) => http.close(() => resolve()));
    },
  };
}

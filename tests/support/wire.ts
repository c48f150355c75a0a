import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';

/** A request as it goes over the wire: nothing is normalized, so that a test can send what no browser would. */
export interface WireRequest {
  method?: string;
  /** The target as it stands in the request line. */
  path: string;
  headers?: OutgoingHttpHeaders;
  /** A list is sent in chunks, without Content-Length. */
  body?: string | Buffer | readonly Buffer[];
  /** The loopback address it comes from. */
  from?: string;
}

/** What came back. */
export interface WireAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: each test knows what it asked for
  json(): any;
}

/** Sends one request to a port of the loopback address, on a connection of its own. */
export function sendRaw(port: number, asked: WireRequest): Promise<WireAnswer> {
  const { method = 'GET', path, headers = {}, body, from } = asked;
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, method, path, localAddress: from, agent: false };
    const sent = request({ ...options, headers: { host: `localhost:${port}`, ...headers } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text,
          json: () => JSON.parse(text),
        });
      });
    });
    // A server that has answered may close the connection before it has read everything.
    sent.on('error', reject);
    if (Array.isArray(body)) for (const chunk of body) sent.write(chunk);
    else if (body !== undefined) sent.setHeader('content-length', Buffer.byteLength(body as string));
    sent.end(Array.isArray(body) ? undefined : (body as string | undefined));
  });
}

/** Sends these lines as they are, which may be no HTTP at all; returns the status of the answer. */
export function sendLines(port: number, ...lines: string[]): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(lines.join('\r\n')));
    let answer = '';
    socket.on('data', (chunk) => {
      answer += String(chunk);
    });
    socket.on('error', reject);
    socket.on('close', () => {
      const status = /^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1];
      resolve(status === undefined ? undefined : Number(status));
    });
  });
}

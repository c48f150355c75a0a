import { Agent, get } from 'node:http';

/**
 * Asks for a page again and again on one connection, for some seconds.
 * @returns the 99th percentile of how long the answers took, in milliseconds and parts of them
 */
export async function p99Of(url: string, seconds: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const times: number[] = [];
  const until = performance.now() + seconds * 1_000;
  try {
    while (performance.now() < until) {
      const start = performance.now();
      const status = await statusOf(url, agent);
      if (status !== 200) throw new Error(`${url} answered ${status}`);
      times.push(performance.now() - start);
    }
  } finally {
    agent.destroy();
  }
  times.sort((a, b) => a - b);
  return times[Math.floor(times.length * 0.99)] ?? Number.NaN;
}

const statusOf = (url: string, agent: Agent): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      response.on('error', reject);
      response.on('end', () => resolve(response.statusCode));
      response.resume();
    }).on('error', reject);
  });

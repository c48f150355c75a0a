import { createYoga, type Plugin } from 'graphql-yoga';
import type { Log } from '../../platform/log.ts';
import type { ApiContext } from './context.ts';
import { limitPlugins } from './guard/limits.ts';
import { presentError } from './guard/present-error.ts';
import { buildSchema } from './schema/index.ts';

/** Runs one operation: `body` is a checked request body, `accept` the client's header. */
export type Executor = (body: string, accept: string, context: ApiContext) => Promise<Response>;

const ENDPOINT = 'http://admin-api/graphql';
const MODERN = 'application/graphql-response+json';
const CLASSIC = 'application/json';

/** What stands for an operation that never ran: 400 to clients that know the newer media type, 200 to the others. */
const NEVER_RAN = { status: 400, spec: true };

/** Builds the schema and the machinery around it. */
export function createExecutor(log: Log): Executor {
  const presentErrors: Plugin<ApiContext> = {
    onResultProcess({ result, setResult }) {
      if (Array.isArray(result) || !('errors' in result) || !result.errors) return;
      const errors = result.errors.map((error) => presentError(error, log));
      const [first] = errors;
      if (first !== undefined && !('data' in result)) first.extensions.http = NEVER_RAN;
      setResult({ ...result, errors });
    },
  };
  const yoga = createYoga<ApiContext>({
    schema: buildSchema(),
    graphqlEndpoint: '/graphql',
    graphiql: false,
    landingPage: false,
    logging: false,
    cors: false,
    multipart: false,
    batching: false,
    // Every error passes presentErrors, which knows ours from the unexpected.
    maskedErrors: false,
    // A document may hold a password, and nothing bounds the size of what the cache would keep.
    parserAndValidationCache: false,
    plugins: [...limitPlugins, presentErrors],
    fetchAPI: { fetch, Request, Response, Headers, URL, ReadableStream, TextEncoder, TextDecoder },
  });

  return async (body, accept, context) => {
    const headers = {
      'content-type': CLASSIC,
      accept: accept.toLowerCase().includes(MODERN) ? MODERN : CLASSIC,
    };
    // A request of our own: whoever hangs up does not stop a mutation half-way.
    const request = new Request(ENDPOINT, { method: 'POST', headers, body });
    const response = await yoga.fetch(request, context);
    response.headers.set('cache-control', 'no-store');
    return response;
  };
}

import { randomUUID } from 'node:crypto';
import { GraphQLError } from 'graphql';
import { LatchkeyError, UNEXPECTED } from '../../../platform/errors.ts';
import type { Log } from '../../../platform/log.ts';
import type { AdminApiErrorReason } from '../errors.ts';

function rootOf(error: unknown): unknown {
  let root = error;
  while (root instanceof GraphQLError && root.originalError !== undefined) root = root.originalError;
  return root;
}

/**
 * Whether the caller's document or variables are at fault. Errors of the server's own execution carry a
 * path, but so do arguments that turn out wrong while running; those name their place in the document.
 */
const isCallersFault = (error: GraphQLError, root: unknown): boolean =>
  root instanceof GraphQLError && (error.path === undefined || root.nodes !== undefined);

/**
 * What the outside sees of an error: `errorName` (the kind), `reason` and `info` in the extensions. An
 * unexpected failure says only "unexpected error" and an id, under which the log has the rest.
 */
export function presentError(error: unknown, log: Log): GraphQLError {
  const root = rootOf(error);
  const outer = error instanceof GraphQLError ? error : undefined;
  const place = {
    nodes: outer?.nodes,
    source: outer?.source,
    positions: outer?.positions,
    path: outer?.path,
  };
  if (root instanceof LatchkeyError) {
    const { kind, reason, info } = root;
    return new GraphQLError(root.message, {
      ...place,
      extensions: { errorName: kind, reason, ...(info && { info }) },
    });
  }
  if (outer !== undefined && isCallersFault(outer, root)) {
    const { reason = 'GraphQLValidationFailed' satisfies AdminApiErrorReason, info } = outer.extensions;
    return new GraphQLError(outer.message, {
      ...place,
      extensions: { errorName: 'Invalid', reason, ...(info !== undefined && { info }) },
    });
  }
  const errorID = randomUUID();
  log.error({ err: root, errorID, path: outer?.path?.join('.') }, 'unexpected error in the Admin API');
  const { kind, reason, message } = UNEXPECTED;
  return new GraphQLError(message, {
    ...place,
    extensions: { errorName: kind, reason, info: { error_id: errorID } },
  });
}

import { initGraphQLTada, type TadaDocumentNode } from 'gql.tada';
import { print } from 'graphql';
import { ApiError } from './error.ts';
import type { introspection } from './graphql-env.d.ts';
import { post, withProof } from './post.ts';

/** Types a query or mutation from the committed schema. */
export const graphql = initGraphQLTada<{
  introspection: introspection;
  scalars: {
    DateTime: string;
    UserStandardAttributes: Record<string, unknown>;
    UserCustomAttributes: Record<string, unknown>;
    IdentityClaims: Record<string, unknown>;
    AuthenticatorClaims: Record<string, unknown>;
    PasswordPolicyCauseInfo: Record<string, unknown>;
    SettingValue: unknown;
    AuditLogData: Record<string, unknown>;
  };
}>();

export type { ResultOf } from 'gql.tada';

interface Answer {
  data?: unknown;
  errors?: {
    message: string;
    extensions?: { errorName?: string; reason?: string; info?: Record<string, unknown> };
  }[];
}

/**
 * Asks the Admin API of a project in the operator's name.
 * @throws ApiError with the reason of the first error in the answer
 */
export function ask<Result, Variables>(
  projectID: string,
  document: TadaDocumentNode<Result, Variables>,
  variables: Variables,
  signal?: AbortSignal,
): Promise<Result> {
  const path = `/${encodeURIComponent(projectID)}/graphql`;
  return withProof(async () => {
    const answer = (await post(path, { query: print(document), variables }, signal)) as Answer;
    const error = answer.errors?.[0];
    if (error) {
      const { errorName, reason, info } = error.extensions ?? {};
      throw new ApiError(errorName ?? 'InternalError', reason ?? 'Unexpected', error.message, info);
    }
    return answer.data as Result;
  });
}

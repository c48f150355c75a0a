import { ApiError, hasReason } from '../../api/error.ts';
import { post, withProof } from '../../api/post.ts';

/** One operation as it is sent. */
export interface Operation {
  query: string;
  variables?: Record<string, unknown>;
  /** Which one is meant, where the document has several. */
  operationName?: string;
}

interface Answer {
  errors?: { extensions?: { reason?: string } }[];
}

/**
 * Runs an operation in the operator's name and returns the whole answer, errors and all. Where the password is
 * wanted once more, it is asked for; who declines sees the refusal.
 *
 * @throws ApiError where there is no answer
 */
export async function runOperation(projectID: string, operation: Operation): Promise<unknown> {
  let answer: unknown;
  try {
    await withProof(async () => {
      answer = await post(`/${encodeURIComponent(projectID)}/graphql`, operation);
      const reason = (answer as Answer).errors?.[0]?.extensions?.reason;
      if (reason === 'ReauthenticationRequired') throw new ApiError('Forbidden', reason, '');
    });
  } catch (error) {
    if (!hasReason(error, 'ReauthenticationRequired')) throw error;
  }
  return answer;
}

import { queryOptions } from '@tanstack/react-query';
import {
  buildClientSchema,
  type GraphQLSchema,
  getIntrospectionQuery,
  type IntrospectionQuery,
} from 'graphql';
import { post } from '../../api/post.ts';

/** The schema of the Admin API, as the server tells it. */
export const schemaQuery = (projectID: string) =>
  queryOptions({
    queryKey: [projectID, 'schema'],
    queryFn: async ({ signal }): Promise<GraphQLSchema> => {
      const path = `/${encodeURIComponent(projectID)}/graphql`;
      const answer = (await post(path, { query: getIntrospectionQuery() }, signal)) as {
        data: IntrospectionQuery;
      };
      return buildClientSchema(answer.data);
    },
    staleTime: Number.POSITIVE_INFINITY,
  });

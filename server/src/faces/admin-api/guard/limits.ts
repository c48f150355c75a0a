import { maxAliasesPlugin } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthPlugin } from '@escape.tech/graphql-armor-max-depth';
import { maxTokensPlugin } from '@escape.tech/graphql-armor-max-tokens';
import { type GraphQLError, getOperationAST } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { ApiContext } from '../context.ts';
import { type AdminApiErrorReason, badInput, refused } from '../errors.ts';
import { costOf } from './cost.ts';

/** What one operation may be; far above anything the portal asks, far below what would hurt. */
export const LIMITS = { depth: 12, aliases: 30, tokens: 2_000, cost: 50_000 } as const;

/** Gives the refusal of a limit its own reason and words, which the presenter of errors then passes on. */
const because = (reason: AdminApiErrorReason, maximum: number, message: string) => ({
  onReject: [
    (_: unknown, error: GraphQLError) => {
      error.message = message;
      Object.assign(error.extensions, { reason, info: { maximum } });
    },
  ],
});

/** A document may hold several operations; the request says which one is meant. "" says nothing, as with Authgear. */
const oneOperationPlugin: Plugin<ApiContext> = {
  onParams({ params, setParams }) {
    if (params.operationName === '') setParams({ ...params, operationName: undefined });
  },
  onParse:
    () =>
    ({ result, context }) => {
      if (result === null || result instanceof Error || getOperationAST(result, context.params.operationName))
        return;
      throw badInput('UnknownOperation', '"operationName" must name one of the operations of the document');
    },
};

/** Refuses an operation whose pages multiply into too much work, once its variables are known. */
const maxCostPlugin: Plugin<ApiContext> = {
  onExecute({ args }) {
    const operation = getOperationAST(args.document, args.operationName);
    if (!operation) return;
    const cost = costOf(args.document, operation, args.variableValues ?? {});
    if (cost > LIMITS.cost) {
      throw badInput('QueryTooCostly', `the operation costs ${cost} points; ${LIMITS.cost} are allowed`, {
        maximum: LIMITS.cost,
        cost,
      });
    }
  },
};

/** Viewers read. Who may change what beyond that is each act's own rule. */
const viewersReadPlugin: Plugin<ApiContext> = {
  onExecute({ args }) {
    const operation = getOperationAST(args.document, args.operationName);
    if (operation?.operation === 'mutation' && args.contextValue.role === 'viewer') {
      throw refused('RoleInsufficient', 'viewers can look but not change anything', { required: 'editor' });
    }
  },
};

/** Every limit an operation passes before it runs, in the order they are checked. */
export const limitPlugins = [
  maxTokensPlugin({
    n: LIMITS.tokens,
    ...because('QueryTooLong', LIMITS.tokens, `the document has more than ${LIMITS.tokens} tokens`),
  }),
  oneOperationPlugin,
  maxAliasesPlugin({
    n: LIMITS.aliases,
    ...because(
      'QueryTooManyAliases',
      LIMITS.aliases,
      `the operation has more than ${LIMITS.aliases} aliases`,
    ),
  }),
  maxDepthPlugin({
    n: LIMITS.depth,
    flattenFragments: true,
    ...because('QueryTooDeep', LIMITS.depth, `the operation is deeper than ${LIMITS.depth} levels`),
  }),
  maxCostPlugin,
  viewersReadPlugin,
];

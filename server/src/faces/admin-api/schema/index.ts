import './scalars.ts';
import './identity.ts';
import './authenticator.ts';
import './access.ts';
import './session.ts';
import './user.ts';
import './audit-log.ts';
import './node-query.ts';
import './users-query.ts';
import './users-by-attribute.ts';
import './audit-logs-query.ts';
import './reset-password.ts';
import './set-password-expired.ts';
import './reset-account-lockout.ts';
import './create-user.ts';
import './create-authenticator.ts';
import './delete-authenticator.ts';
import './update-user.ts';
import './set-disabled-status.ts';
import './set-account-valid.ts';
import './delete-user.ts';
import './revoke-sessions.ts';
import './send-reset-password-message.ts';
import '../extensions/index.ts';
import { type GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { builder } from './builder.ts';

let schema: GraphQLSchema | undefined;

/** The executable schema; made once, it holds no state. */
export function buildSchema(): GraphQLSchema {
  schema ??= builder.toSchema();
  return schema;
}

/** The schema as SDL, sorted by name, for `latchkey schema`; needs no database. */
export const printSDL = (): string => `${printSchema(lexicographicSortSchema(buildSchema()))}\n`;

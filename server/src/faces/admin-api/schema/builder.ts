import SchemaBuilder from '@pothos/core';
import RelayPlugin from '@pothos/plugin-relay';
import type { ApiContext } from '../context.ts';

/** What a scalar that carries any JSON object looks like to TypeScript. */
type JSONScalar = { Input: never; Output: Record<string, unknown> };
/** One that is given as well. */
type JSONInputScalar = { Input: Record<string, unknown>; Output: Record<string, unknown> };

interface Types {
  Context: ApiContext;
  DefaultFieldNullability: false;
  DefaultEdgesNullability: { list: true; items: true };
  DefaultNodeNullability: true;
  Connection: { totalCount: () => Promise<number> };
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date };
    AuditLogData: JSONScalar;
    AuthenticatorClaims: JSONScalar;
    IdentityClaims: JSONScalar;
    PasswordPolicyCauseInfo: JSONScalar;
    SettingValue: { Input: unknown; Output: unknown };
    UserCustomAttributes: JSONInputScalar;
    UserStandardAttributes: JSONInputScalar;
    Web3Claims: JSONScalar;
  };
}

/**
 * The one builder of the schema. A field is required unless it says `nullable`, an argument optional unless
 * it says `required`: nullability is part of the contract, so it is always written where it differs.
 */
export const builder = new SchemaBuilder<Types>({
  plugins: [RelayPlugin],
  defaultFieldNullability: false,
  relay: {
    cursorType: 'String',
    edgesFieldOptions: { nullable: { list: true, items: true } },
    nodeFieldOptions: { nullable: true },
  },
});

/** The types of the builder, for helpers that take one of its refs. */
export type SchemaTypes = typeof builder.$inferSchemaTypes;

builder.queryType();
builder.mutationType();
builder.globalConnectionField('totalCount', (t) =>
  t.int({
    nullable: true,
    description: 'How many there are on all pages together; counted only when asked for.',
    resolve: (connection) => connection.totalCount(),
  }),
);

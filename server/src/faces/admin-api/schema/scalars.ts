import { GraphQLError } from 'graphql';
import { builder } from './builder.ts';
import { parseDateTime } from './date-time.ts';

function readDateTime(value: unknown): Date {
  const date = typeof value === 'string' ? parseDateTime(value) : undefined;
  if (date !== undefined) return date;
  throw new GraphQLError('DateTime wants an RFC 3339 date and time with its offset, 2026-01-31T12:00:00Z.');
}

builder.scalarType('DateTime', {
  description: 'A point in time, RFC 3339 in UTC.',
  serialize: (value) => value.toISOString(),
  parseValue: readDateTime,
});

builder.scalarType('SettingValue', {
  description: 'What a setting is: any JSON value, of the form its description tells.',
  serialize: (value) => value,
});

const answersOnly = () => {
  throw new GraphQLError('This scalar stands in answers only.');
};

const jsonScalars = {
  AuditLogData: 'What the audit log entry recorded beside its own fields; a JSON object without secrets.',
  AuthenticatorClaims: 'What is known of an authenticator; a JSON object.',
  IdentityClaims: 'What is known of an identity; a JSON object.',
  PasswordPolicyCauseInfo: 'The numbers that belong to a broken rule; a JSON object.',
  Web3Claims: 'Blockchain accounts of a user; a JSON object.',
} as const;

for (const [name, description] of Object.entries(jsonScalars) as [keyof typeof jsonScalars, string][]) {
  builder.scalarType(name, { description, serialize: (value) => value, parseValue: answersOnly });
}

function readObject(value: unknown): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new GraphQLError('Attributes are a JSON object, each under its name.');
}

const attributeScalars = {
  UserCustomAttributes: "The project's own attributes of a user; a JSON object.",
  UserStandardAttributes: 'Attributes of a user under their OpenID Connect names; a JSON object.',
} as const;

for (const [name, description] of Object.entries(attributeScalars) as [
  keyof typeof attributeScalars,
  string,
][]) {
  builder.scalarType(name, { description, serialize: (value) => value, parseValue: readObject });
}

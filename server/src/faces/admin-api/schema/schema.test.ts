import {
  buildSchema as buildFromSDL,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  printSchema,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { AUTHGEAR_MUTATIONS } from '../authgear-mutations.fixture.ts';
import { AUTHGEAR_SURFACE } from '../authgear-surface.fixture.ts';
import { buildSchema, printSDL } from './index.ts';

const theirs = buildFromSDL(AUTHGEAR_SURFACE + AUTHGEAR_MUTATIONS);
const ours = buildSchema();

type Fields = Record<string, GraphQLField<unknown, unknown> | GraphQLInputField>;

const fieldsOf = (type: GraphQLNamedType | undefined): Fields =>
  isObjectType(type) || isInterfaceType(type) || isInputObjectType(type) ? type.getFields() : {};

const argumentsOf = (field: Fields[string] | undefined): Record<string, string> =>
  Object.fromEntries(
    field && 'args' in field ? field.args.map(({ name, type }) => [name, String(type)]) : [],
  );

/** A field as its clients see it. */
const shapeOf = (field: Fields[string] | undefined) => ({
  type: String(field?.type),
  arguments: argumentsOf(field),
});

const types = Object.values(theirs.getTypeMap()).filter(
  (type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type),
);

describe.each(types)('Authgear’s type %s is here', (type) => {
  const mine = ours.getType(type.name);

  it('as the same kind of type', () => expect(mine?.constructor.name).toBe(type.constructor.name));

  if (isEnumType(type)) {
    it('with all its values', () => {
      const names = isEnumType(mine) ? mine.getValues().map(({ name }) => name) : [];
      expect(names).toEqual(expect.arrayContaining(type.getValues().map(({ name }) => name)));
    });
  }

  if (isObjectType(type)) {
    it('with its interfaces', () => {
      const names = isObjectType(mine) ? mine.getInterfaces().map(({ name }) => name) : [];
      expect(names.sort()).toEqual(
        type
          .getInterfaces()
          .map(({ name }) => name)
          .sort(),
      );
    });
  }

  const fields = Object.values(fieldsOf(type));
  if (fields.length === 0) return;

  it.each(fields)('with its field $name', (field) => {
    expect(shapeOf(fieldsOf(mine)[field.name])).toMatchObject(shapeOf(field));
  });

  it('and nothing beside them that a client would have to give', () => {
    const known = new Map(fields.map((field) => [field.name, field]));
    const wanted = Object.values(fieldsOf(mine)).flatMap((field) => [
      ...(isInputObjectType(type) && !known.has(field.name) ? [field] : []),
      ...('args' in field && known.has(field.name)
        ? field.args.filter(({ name }) => !(name in argumentsOf(known.get(field.name))))
        : []),
    ]);
    expect(wanted.filter((given) => isNonNullType(given.type))).toEqual([]);
  });
});

describe('the schema as text', () => {
  it('is a whole schema again', () => {
    expect(`${printSchema(buildFromSDL(printSDL()))}\n`).toBe(printSDL());
  });

  it('is sorted, ends in a line break and is the same each time', () => {
    const text = printSDL();
    expect(text).toBe(printSDL());
    expect(text.endsWith('}\n') || /scalar \w+\n$/.test(text)).toBe(true);
    const names = [...text.matchAll(/^(?:type|enum|input|interface|scalar) (\w+)/gm)].map(([, name]) => name);
    expect(names).toEqual([...names].sort());
  });
});

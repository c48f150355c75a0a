import type { ObjectRef } from '@pothos/core';
import { builder, type SchemaTypes } from './builder.ts';

/** The connection and edge types of a node type, named after it as Relay does. */
export function connectionTypeOf<Shape>(name: string, type: ObjectRef<SchemaTypes, Shape>) {
  return builder.connectionObject({ type, name: `${name}Connection` }, { name: `${name}Edge` });
}

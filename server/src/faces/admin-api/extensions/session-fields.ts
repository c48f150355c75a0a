import { builder } from '../schema/builder.ts';
import { SessionRef } from '../schema/refs.ts';

builder.objectField(SessionRef, 'clientIDs', (t) =>
  t.stringList({
    description: 'The apps that were signed in to in this session.',
    resolve: ({ clientIDs }) => clientIDs,
  }),
);

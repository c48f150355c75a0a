import { listMessages, type Message, messageStatus } from '../../../messages/index.ts';
import type { ApiContext } from '../context.ts';
import { builder } from '../schema/builder.ts';
import { CreateUserPayload } from '../schema/create-user.ts';
import { listConnection } from '../schema/page.ts';
import { MessageConnection, MessageRef, UserRef } from '../schema/refs.ts';
import { ResetPasswordPayload } from '../schema/reset-password.ts';

builder.objectField(UserRef, 'messages', (t) =>
  t.field({
    type: MessageConnection,
    nullable: true,
    description: 'The messages that were written to the user, newest first.',
    args: t.arg.connectionArgs(),
    resolve: async ({ id }, args, { db, deps }) =>
      listConnection(await listMessages(db, deps.clock, { userID: id }), args, (message) => message.id),
  }),
);

async function messagesOf(
  { messageIDs }: { messageIDs: string[] },
  { db, deps }: ApiContext,
): Promise<Message[]> {
  const messages = await Promise.all(messageIDs.map((id) => messageStatus(db, deps.clock, id)));
  return messages.filter((message) => message !== undefined);
}

const description = 'The mails that carry the password, so that their delivery can be followed.';

builder.objectField(ResetPasswordPayload, 'messages', (t) =>
  t.field({
    type: [MessageRef],
    description,
    resolve: (payload, _, context) => messagesOf(payload, context),
  }),
);

builder.objectField(CreateUserPayload, 'messages', (t) =>
  t.field({
    type: [MessageRef],
    description,
    resolve: (payload, _, context) => messagesOf(payload, context),
  }),
);

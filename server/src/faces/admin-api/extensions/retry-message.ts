import { messageStatus, retryMessage } from '../../../messages/index.ts';
import { parseGlobalID } from '../../../platform/ids.ts';
import { badInput, missing } from '../errors.ts';
import { builder } from '../schema/builder.ts';
import { MessageRef } from '../schema/refs.ts';

const RetryMessageInput = builder.inputType('RetryMessageInput', {
  fields: (t) => ({ messageID: t.id({ required: true }) }),
});

const RetryMessagePayload = builder.objectRef<{ messageID: string }>('RetryMessagePayload').implement({
  fields: (t) => ({
    message: t.field({
      type: MessageRef,
      resolve: async ({ messageID }, _, { db, deps }) =>
        found(await messageStatus(db, deps.clock, messageID)),
    }),
  }),
});

function found<Message>(message: Message | undefined): Message {
  if (message === undefined) throw missing('MessageNotFound', 'message not found');
  return message;
}

builder.mutationField('retryMessage', (t) =>
  t.field({
    type: RetryMessagePayload,
    description: 'Sends a message again that failed.',
    args: { input: t.arg({ type: RetryMessageInput, required: true }) },
    resolve: async (_, { input }, { db, deps, project, acting }) => {
      const messageID = parseGlobalID('Message', input.messageID);
      if (messageID === undefined) throw badInput('InvalidMessageID', 'invalid message ID');
      const { userID } = found(await messageStatus(db, deps.clock, messageID));
      if (userID !== null) await deps.projects.mayActOn(acting.actor, project, userID);
      await retryMessage(db, deps, messageID, acting);
      return { messageID };
    },
  }),
);

import type { AdminKey, AdminKeys } from '../../../projects/index.ts';
import { requireFreshPassword, requireOwner } from '../authorize.ts';
import { missing } from '../errors.ts';
import { builder } from '../schema/builder.ts';

const AdminKeyRef = builder.objectRef<AdminKey>('AdminKey').implement({
  description: 'A key that signs tokens for the Admin API. The private part is kept nowhere.',
  fields: (t) => ({
    keyID: t.string({ description: "The token's kid.", resolve: ({ id }) => id }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    lastUsedAt: t.expose('lastUsedAt', { type: 'DateTime', nullable: true }),
    revokedAt: t.expose('revokedAt', { type: 'DateTime', nullable: true }),
  }),
});

const CreateAdminKeyPayload = builder
  .objectRef<{ adminKey: AdminKey; privateKey: string }>('CreateAdminKeyPayload')
  .implement({
    fields: (t) => ({
      adminKey: t.field({ type: AdminKeyRef, resolve: ({ adminKey }) => adminKey }),
      privateKey: t.exposeString('privateKey', {
        description: 'PKCS #8 in PEM; told here and never again.',
      }),
    }),
  });

const RevokeAdminKeyInput = builder.inputType('RevokeAdminKeyInput', {
  fields: (t) => ({ keyID: t.string({ required: true }) }),
});

const RevokeAdminKeyPayload = builder
  .objectRef<{ adminKey: AdminKey }>('RevokeAdminKeyPayload')
  .implement({ fields: (t) => ({ adminKey: t.field({ type: AdminKeyRef, resolve: (p) => p.adminKey }) }) });

async function keyOf(keys: AdminKeys, keyID: string): Promise<AdminKey> {
  const key = await keys.find(keyID);
  if (key === undefined) throw missing('AdminKeyNotFound', 'this project has no such key');
  return key;
}

builder.queryField('adminKeys', (t) =>
  t.field({
    type: [AdminKeyRef],
    description: 'The Admin API keys of this project; for its owners in the portal.',
    resolve: (_, __, context) => {
      requireOwner(context);
      return context.deps.projects.adminKeys(context.project).list();
    },
  }),
);

builder.mutationFields((t) => ({
  createAdminKey: t.field({
    type: CreateAdminKeyPayload,
    description: 'Makes an Admin API key; for owners who proved their password a moment ago.',
    resolve: async (_, __, context) => {
      requireOwner(context);
      requireFreshPassword(context);
      const keys = context.deps.projects.adminKeys(context.project);
      const { keyID, privateKeyPEM } = await keys.create(context.acting);
      return { adminKey: await keyOf(keys, keyID), privateKey: privateKeyPEM };
    },
  }),
  revokeAdminKey: t.field({
    type: RevokeAdminKeyPayload,
    description: 'Ends an Admin API key at once; for owners.',
    args: { input: t.arg({ type: RevokeAdminKeyInput, required: true }) },
    resolve: async (_, { input }, context) => {
      requireOwner(context);
      const keys = context.deps.projects.adminKeys(context.project);
      await keys.revoke(input.keyID, context.acting);
      return { adminKey: await keyOf(keys, input.keyID) };
    },
  }),
}));

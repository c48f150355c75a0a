import type { AuditEntry } from '../../../audit/index.ts';
import type { Message } from '../../../messages/index.ts';
import type { Authenticator } from '../../../passwords/index.ts';
import type { SessionInfo } from '../../../sessions/index.ts';
import type { Identity, User } from '../../../users/index.ts';
import { builder } from './builder.ts';
import { connectionTypeOf } from './connections.ts';

/** A session as an object with a global id. */
interface SessionNode extends SessionInfo {
  id: string;
}

/** Sessions are named by their uid. */
export const sessionNode = (session: SessionInfo): SessionNode => ({ ...session, id: session.uid });

/** The types by which the schema's files know each other, so that none has to import the other's fields. */
export const UserRef = builder.objectRef<User>('User');
export const IdentityRef = builder.objectRef<Identity>('Identity');
export const AuthenticatorRef = builder.objectRef<Authenticator>('Authenticator');
export const SessionRef = builder.objectRef<SessionNode>('Session');
export const AuditLogRef = builder.objectRef<AuditEntry>('AuditLog');
export const MessageRef = builder.objectRef<Message>('Message');

/** A role or a group: nothing makes one yet. */
interface Access {
  id: string;
  key: string;
  name: string | null;
  description: string | null;
  createdAt: Date;
  updatedAt: Date;
}
export const RoleRef = builder.objectRef<Access>('Role');
export const GroupRef = builder.objectRef<Access>('Group');

export const UserConnection = connectionTypeOf('User', UserRef);
export const IdentityConnection = connectionTypeOf('Identity', IdentityRef);
export const AuthenticatorConnection = connectionTypeOf('Authenticator', AuthenticatorRef);
export const SessionConnection = connectionTypeOf('Session', SessionRef);
export const AuditLogConnection = connectionTypeOf('AuditLog', AuditLogRef);
export const MessageConnection = connectionTypeOf('Message', MessageRef);
export const RoleConnection = connectionTypeOf('Role', RoleRef);
export const GroupConnection = connectionTypeOf('Group', GroupRef);

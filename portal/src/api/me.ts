import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { get } from './post.ts';

export type Role = 'owner' | 'editor' | 'viewer';

/** How mails leave a project: by a mail server, into the built-in mailbox, or they wait for a server. */
export type MailRoute = 'server' | 'mailbox' | 'waiting';

export interface MyProject {
  id: string;
  name: string;
  role: Role;
  /** Where the project answers, without a path: `https://login.example.com`. */
  origin: string;
  mail: MailRoute;
}

/** The operator who is signed in, and what they may reach. */
export interface Me {
  operator: { id: string; name: string; email: string | null };
  projects: MyProject[];
  /** Whether this operator may make projects. */
  createsProjects: boolean;
  /** Whether the built-in mailbox is there for this operator to read. */
  readsMailbox: boolean;
  version: string;
}

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }) => (await get('/me', signal)) as Me,
  staleTime: 30_000,
});

/** The operator who is signed in. Only below the root route, which loads it first. */
export const useMe = (): Me => useSuspenseQuery(meQuery).data;

/** Whether this role may change users. */
export const mayEdit = (role: Role): boolean => role !== 'viewer';

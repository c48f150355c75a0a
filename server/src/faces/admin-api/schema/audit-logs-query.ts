import { type AuditFilter, countAudit, listAudit } from '../../../audit/index.ts';
import { usersByAddresses } from '../../../users/index.ts';
import type { ApiContext } from '../context.ts';
import { tooMany } from '../errors.ts';
import { builder } from './builder.ts';
import { AuditLogActivityType, SortDirection } from './enums.ts';
import { connection, MAX_PAGE_SIZE, pageRequest } from './page.ts';
import { AuditLogConnection } from './refs.ts';
import { searchable, userIDFrom } from './text.ts';

type List<Item> = readonly Item[] | null | undefined;

/** A list to filter by; an empty one filters nothing, as with Authgear. */
function among<Item>(name: string, list: List<Item>): readonly Item[] | undefined {
  if (!list?.length) return undefined;
  if (list.length > MAX_PAGE_SIZE) throw tooMany('TooManyFilters', name, MAX_PAGE_SIZE);
  return list;
}

/** The addresses to filter by, and who owns them: entries about a user do not all name the address. */
async function addressFilter(
  { db }: ApiContext,
  emails: List<string>,
  phones: List<string>,
): Promise<AuditFilter> {
  const emailAddresses = among('emailAddresses', emails)?.map((text) => searchable('emailAddresses', text));
  const phoneNumbers = among('phoneNumbers', phones)?.map((text) => searchable('phoneNumbers', text));
  if (!emailAddresses && !phoneNumbers) return {};
  const addressOwners = await usersByAddresses(db, { emailAddresses, phoneNumbers });
  return { emailAddresses, phoneNumbers, addressOwners };
}

builder.queryField('auditLogs', (t) =>
  t.field({
    type: AuditLogConnection,
    nullable: true,
    description: 'The audit log, the newest first unless told.',
    args: {
      ...t.arg.connectionArgs(),
      activityTypes: t.arg({ type: [AuditLogActivityType] }),
      emailAddresses: t.arg.stringList(),
      phoneNumbers: t.arg.stringList(),
      rangeFrom: t.arg({ type: 'DateTime' }),
      rangeTo: t.arg({ type: 'DateTime' }),
      sortDirection: t.arg({ type: SortDirection }),
      userIDs: t.arg.idList(),
    },
    resolve: async (_, args, context) => {
      const page = pageRequest(args);
      const filter: AuditFilter = {
        activityTypes: among('activityTypes', args.activityTypes),
        userIDs: among('userIDs', args.userIDs)?.map(userIDFrom),
        rangeFrom: args.rangeFrom ?? undefined,
        rangeTo: args.rangeTo ?? undefined,
        ...(await addressFilter(context, args.emailAddresses, args.phoneNumbers)),
      };
      const entries = await listAudit(context.db, filter, {
        ...page,
        sortDirection: args.sortDirection ?? 'DESC',
      });
      return connection(
        entries,
        ({ id }) => id,
        () => countAudit(context.db, filter),
      );
    },
  }),
);

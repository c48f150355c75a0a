import { describe, expect, it } from 'vitest';
import { HTTP_STATUS } from '../../server/src/platform/errors.ts';
import { type ErrorReasons, errorReasons, isErrorsFile } from '../support/error-reasons.ts';
import { codeIn, readPage, sections, tableRows } from '../support/markdown.ts';
import { serverSources, unionMembersOf } from '../support/source.ts';

/** Which part of the page tells of which folder's reasons. */
const FOLDERS: Record<string, string> = {
  Everywhere: 'platform',
  Requests: 'platform/http',
  Limits: 'platform/rate-limits',
  Projects: 'projects',
  Users: 'users',
  Passwords: 'passwords',
  Logins: 'login',
  Accounts: 'accounts',
  Sessions: 'sessions',
  'Codes and links': 'codes',
  Recovery: 'recovery',
  Mails: 'messages',
  Apps: 'oidc',
  'Audit log': 'audit',
  'Admin API': 'faces/admin-api',
  'Hosted pages': 'faces/hosted-pages',
  Portal: 'faces/portal-api',
  'Command line': 'cli',
};

const page = sections(readPage('docs/reference/errors.md'));
const code: ErrorReasons = errorReasons();

/** Reason and kind of each row in a part of the page. */
const rowsOf = (heading: string): { reason: string; kind: string }[] =>
  tableRows(page.get(heading) ?? '').map(([reason, kind]) => ({
    reason: codeIn(reason),
    kind: codeIn(kind),
  }));

const sorted = (names: Iterable<string>): string[] => [...names].sort();

/** The folder of the union that a file's reasons belong to: the nearest one above it. */
const folderOf = (file: string): string =>
  [...code.declared.keys()]
    .filter((folder) => file.startsWith(`${folder}/`))
    .sort((a, b) => a.length - b.length)
    .at(-1) ?? '';

describe('reasons in the code', () => {
  it('are made in errors.ts, or by what it offers', () => {
    expect(sorted(code.makers).filter((file) => !isErrorsFile(file))).toEqual([]);
  });

  it('stand in the union of their capability', () => {
    const strangers = code.made.filter(({ file, reason }) => !code.declared.get(folderOf(file))?.has(reason));
    expect(strangers).toEqual([]);
  });

  it('are made somewhere', () => {
    const all = [...code.declared.values()].flatMap((reasons) => [...reasons]);
    expect(all.filter((reason) => !code.texts.has(reason))).toEqual([]);
  });
});

describe('docs/reference/errors.md', () => {
  it('has a part for every capability that refuses something', () => {
    expect(sorted(Object.values(FOLDERS))).toEqual(sorted(code.declared.keys()));
  });

  it.each(Object.entries(FOLDERS))(
    'lists under "%s" every reason of %s, once, and no other',
    (heading, folder) => {
      const listed = rowsOf(heading).map(({ reason }) => reason);
      expect(listed.toSorted()).toEqual(sorted(code.declared.get(folder) ?? []));
    },
  );

  it('says of each its kind', () => {
    const wrong = code.made.filter(({ file, reason, kind }) => {
      const [heading = ''] = Object.entries(FOLDERS).find(([, folder]) => folder === folderOf(file)) ?? [];
      return !rowsOf(heading).some((row) => row.reason === reason && row.kind === kind);
    });
    expect(wrong).toEqual([]);
    const kinds = Object.keys(FOLDERS).flatMap((heading) => rowsOf(heading).map(({ kind }) => kind));
    expect(kinds.filter((kind) => !(kind in HTTP_STATUS))).toEqual([]);
  });

  it('gives each kind its HTTP status', () => {
    const told = tableRows(page.get('Kinds') ?? '').map(([kind, status]) => [codeIn(kind), Number(status)]);
    expect(Object.fromEntries(told)).toEqual(HTTP_STATUS);
  });

  it('lists every rule that a password can break', () => {
    const told = tableRows(page.get('What a password breaks') ?? '').map(([name]) => codeIn(name));
    expect(told.toSorted()).toEqual(
      sorted(unionMembersOf(serverSources(), 'passwords/model.ts', 'CauseName')),
    );
  });
});

it('the portal has words only for reasons that exist', () => {
  const { reason } = JSON.parse(readPage('portal/src/words/en.json')) as { reason: Record<string, string> };
  const all = new Set([...code.declared.values()].flatMap((reasons) => [...reasons]));
  expect(Object.keys(reason).filter((name) => !all.has(name))).toEqual([]);
});

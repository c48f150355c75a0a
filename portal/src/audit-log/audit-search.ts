import { isActivityType } from './event-groups.ts';
import { isPreset, type Preset } from './range.ts';

/** What the address of the audit log says: its filters, the cursor of the page, the entry that is open. */
export interface AuditSearch {
  /** Names of types with commas between them. */
  types?: string;
  /** The global id of a user. */
  user?: string;
  /** An e-mail address or phone number, whoever owns it by now. */
  address?: string;
  range?: Preset;
  /** Days in the viewer's time zone, both included: `2026-11-24`. */
  from?: string;
  to?: string;
  after?: string;
  before?: string;
  entry?: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The types that a list of names holds; what is none is left out. */
export const typesIn = (types: string | undefined) => (types ?? '').split(',').filter(isActivityType);

/** Reads the filters from the address; anything malformed counts as absent. */
export function readAuditSearch(search: Record<string, unknown>): AuditSearch {
  // The router reads `?address=+85251234567` as a number.
  const text = (name: string): string | undefined => {
    const value = search[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) || undefined : undefined;
  };
  const day = (name: string) => {
    const value = text(name);
    return value !== undefined && DAY.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined;
  };
  const range = text('range');
  return {
    types: typesIn(text('types')).join() || undefined,
    user: text('user'),
    address: text('address'),
    range: range !== undefined && isPreset(range) ? range : undefined,
    from: day('from'),
    to: day('to'),
    after: text('after'),
    before: text('before'),
    entry: text('entry'),
  };
}

/** Whether anything narrows the list. */
export const isNarrowed = ({ types, user, address, range, from, to }: AuditSearch): boolean =>
  [types, user, address, range, from, to].some((filter) => filter !== undefined);

import { isUUID } from '../platform/ids.ts';
import { invalidCursor } from './errors.ts';
import type { Place } from './search-store.ts';

type SortBy = 'CREATED_AT' | 'LAST_LOGIN_AT';

/** Stands for a login that never was. */
const NEVER = 'never';

/** A cursor of a list of users: opaque to the outside, good for the order it was made in. */
export const writeCursor = (sortBy: SortBy, { micros, id }: Place): string =>
  Buffer.from([sortBy, micros ?? NEVER, id].join(' ')).toString('base64url');

/**
 * The place a cursor names.
 * @throws Invalid `InvalidCursor` where it was not made by `writeCursor` for this order
 */
export function readCursor(sortBy: SortBy, cursor: string): Place {
  const parts = Buffer.from(cursor, 'base64url').toString('utf8').split(' ');
  const [order, time = '', id = ''] = parts;
  const isTime = /^-?\d{1,16}$/.test(time) || (time === NEVER && sortBy === 'LAST_LOGIN_AT');
  if (parts.length !== 3 || order !== sortBy || !isTime || !isUUID(id)) throw invalidCursor();
  return { micros: time === NEVER ? null : time, id };
}

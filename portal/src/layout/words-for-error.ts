import { ApiError } from '../api/error.ts';
import { t, wordsForReason } from '../words/index.ts';

/** The server's messages are clauses for programs and people alike: here they become sentences. */
function sentence(words: string): string {
  const trimmed = words.trim();
  const start = trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.!?…]$/.test(start) ? start : `${start}.`;
}

function wordsForInternal(error: ApiError): string {
  const id = error.info.error_id;
  return typeof id === 'string' ? t('failure.server', { id }) : t('failure.unexpected');
}

/** What to tell the operator about an error that belongs to no field. */
export function wordsForError(error: unknown): string {
  if (!(error instanceof ApiError)) return t('failure.unexpected');
  if (error.kind === 'Unreachable') return t('failure.unreachable');
  if (error.kind === 'TooManyRequest' || error.kind === 'ServiceUnavailable') return t('failure.busy');
  if (error.kind === 'InternalError') return wordsForInternal(error);
  const known = wordsForReason(error.reason);
  if (known !== undefined) return known;
  if (error.message !== '') return sentence(error.message);
  return error.kind === 'Forbidden' ? t('failure.forbidden') : t('failure.unexpected');
}

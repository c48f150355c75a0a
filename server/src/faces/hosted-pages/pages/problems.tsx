import type { ReactElement } from 'react';
import { HTTP_STATUS, LatchkeyError } from '../../../platform/errors.ts';
import type { PageFrame } from '../model.ts';
import type { PageOptions } from '../respond.ts';
import { MessagePage } from './message.tsx';

/** A page about a problem: its words, the way forward, and the status it is sent with. */
export interface Problem {
  page: (frame: PageFrame) => ReactElement;
  options: PageOptions;
}

interface Words {
  /** The group of the catalogue with `title`, `text` and, where there is a way forward, `action`. */
  words: string;
  status: NonNullable<PageOptions['status']>;
}

/** Reasons with words of their own; everything else is told by its kind. */
const BY_REASON: Record<string, Words> = {
  ForgedRequest: { words: 'forged', status: 403 },
  BodyTooLarge: { words: 'tooLarge', status: 413 },
  UnsupportedMediaType: { words: 'badRequest', status: 415 },
};

const BY_KIND: Partial<Record<LatchkeyError['kind'], Words>> = {
  Invalid: { words: 'badRequest', status: 400 },
  NotFound: { words: 'notFound', status: 404 },
  TooManyRequest: { words: 'tooMany', status: 429 },
  ServiceUnavailable: { words: 'busy', status: 503 },
};

const DEFAULT_RETRY_SECONDS = 5;

/**
 * Turns what a route threw into a page.
 * @param back the address to open again, where that is the way forward
 * @param id names the failure in the log, for those that are not meant to be read
 */
export function problemPage(error: unknown, back: string, id: string): Problem {
  const known = error instanceof LatchkeyError ? (BY_REASON[error.reason] ?? BY_KIND[error.kind]) : undefined;
  const status = known?.status ?? (error instanceof LatchkeyError ? HTTP_STATUS[error.kind] : 500);
  const words = known?.words ?? 'unexpected';
  const waits = status === 429 || status === 503;
  const seconds = error instanceof LatchkeyError ? error.info?.retry_after_seconds : undefined;
  const retryAfter = typeof seconds === 'number' ? Math.ceil(seconds) : DEFAULT_RETRY_SECONDS;
  return {
    page: (frame) => (
      <MessagePage
        frame={frame}
        title={frame.t(`${words}.title`)}
        text={frame.t(`${words}.text`, { id })}
        action={
          words === 'tooLarge'
            ? undefined
            : { href: words === 'notFound' ? '/settings' : back, label: frame.t(`${words}.action`) }
        }
      />
    ),
    options: { status, headers: waits ? { 'Retry-After': String(retryAfter) } : undefined },
  };
}

/** No page has this address. */
export const notFoundPage = (frame: PageFrame): ReactElement => (
  <MessagePage
    frame={frame}
    title={frame.t('notFound.title')}
    text={frame.t('notFound.text')}
    action={{ href: '/settings', label: frame.t('notFound.action') }}
  />
);

/** No project owns this host (421 Misdirected Request, RFC 9110). */
export const misdirectedPage = (frame: PageFrame): ReactElement => (
  <MessagePage frame={frame} title={frame.t('misdirected.title')} text={frame.t('misdirected.text')} />
);

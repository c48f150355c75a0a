import type { ReactElement } from 'react';
import { HTTP_STATUS, LatchkeyError } from '../../../platform/errors.ts';
import type { PageFrame } from '../model.ts';
import type { PageOptions } from '../respond.ts';
import { retryAfter } from '../retry-after.ts';
import { waitWords } from '../wait.ts';
import { MessagePage } from './message.tsx';

/** A page about a problem: its words, the way forward, and the status it is sent with. */
export interface Problem {
  page: (frame: PageFrame) => ReactElement;
  options: Required<PageOptions>;
  /** Nothing the reader can do anything about: it belongs into the log. */
  isFailure: boolean;
}

interface Words {
  /** The group of the catalogue with `title`, `text` and, where there is a way forward, `action`. */
  words: string;
  status: Required<PageOptions>['status'];
}

/** Reasons with words of their own; everything else is told by its kind. */
const BY_REASON: Record<string, Words> = {
  ForgedRequest: { words: 'forged', status: 403 },
  BodyTooLarge: { words: 'tooLarge', status: 413 },
  UnsupportedMediaType: { words: 'badRequest', status: 415 },
  LoginNotFound: { words: 'expired', status: 400 },
};

const BY_KIND: Partial<Record<LatchkeyError['kind'], Words>> = {
  Invalid: { words: 'badRequest', status: 400 },
  NotFound: { words: 'notFound', status: 404 },
  TooManyRequest: { words: 'tooMany', status: 429 },
  ServiceUnavailable: { words: 'busy', status: 503 },
};

/** Where opening the same address again would lead nowhere. */
const AWAY = new Set(['notFound', 'expired']);

/**
 * Turns what a route threw into a page.
 * @param back the address to open again, where that is the way forward
 * @param id names the failure in the log, for those that are not meant to be read
 */
export function problemPage(error: unknown, back: string, id: string): Problem {
  const ours = error instanceof LatchkeyError ? error : undefined;
  const known = ours && (BY_REASON[ours.reason] ?? BY_KIND[ours.kind]);
  const words = known?.words ?? 'unexpected';
  return {
    page: (frame) => (
      <MessagePage
        frame={frame}
        title={frame.t(`${words}.title`)}
        text={frame.t(`${words}.text`, { id, wait: waitWords(frame.t, ours) })}
        action={
          words === 'tooLarge'
            ? undefined
            : { href: AWAY.has(words) ? '/settings' : back, label: frame.t(`${words}.action`) }
        }
      />
    ),
    options: {
      status: known?.status ?? HTTP_STATUS[ours?.kind ?? 'InternalError'],
      headers: ours ? retryAfter(ours) : {},
    },
    isFailure: !known,
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

/** The login that was meant is over, or never was this browser's. */
export const endedPage = (frame: PageFrame): ReactElement => (
  <MessagePage
    frame={frame}
    title={frame.t('expired.title')}
    text={frame.t('expired.text')}
    action={{ href: '/settings', label: frame.t('expired.action') }}
  />
);

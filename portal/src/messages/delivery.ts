import { t } from '../words/index.ts';

export type DeliveryState = 'QUEUED' | 'WAITING' | 'SENDING' | 'SENT' | 'FAILED' | 'SUPERSEDED';

/** Whether nothing more will become of a mail unless somebody acts. */
export const isFinal = (state: DeliveryState): boolean =>
  state === 'SENT' || state === 'FAILED' || state === 'SUPERSEDED';

/** Good, bad, or still open: decides the color. */
export type Tone = 'good' | 'bad' | 'warn' | 'open';

const TONES: Record<DeliveryState, Tone> = {
  QUEUED: 'open',
  SENDING: 'open',
  WAITING: 'warn',
  SENT: 'good',
  FAILED: 'bad',
  SUPERSEDED: 'open',
};

export const toneOf = (state: DeliveryState): Tone => TONES[state];

/** Why a mail is where it is, in a sentence; undefined where its state says enough. */
export function whyNotSent({
  state,
  reason,
}: {
  state: DeliveryState;
  reason: string | null;
}): string | undefined {
  if (state === 'SENT') return undefined;
  if (state === 'SUPERSEDED') return t('message.superseded');
  if (state === 'WAITING') return t('message.waiting');
  if (!reason) return undefined;
  return state === 'FAILED' ? reason : t('message.trying', { reason });
}

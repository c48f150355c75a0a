import { Badge } from '@mantine/core';
import { t } from '../words/index.ts';
import { type DeliveryState as State, type Tone, toneOf } from './delivery.ts';

const COLORS: Record<Tone, { color: string; c: string }> = {
  good: { color: 'green', c: 'var(--good)' },
  bad: { color: 'red', c: 'var(--bad)' },
  warn: { color: 'orange', c: 'var(--warn)' },
  open: { color: 'gray', c: 'var(--mantine-color-text)' },
};

/** What became of a mail, in a word. */
export function DeliveryState({ state }: { state: State }) {
  return (
    <Badge variant="light" radius="sm" tt="none" style={{ flex: 'none' }} {...COLORS[toneOf(state)]}>
      {t(`message.state.${state}`)}
    </Badge>
  );
}

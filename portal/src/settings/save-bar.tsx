import { Button, Group, Text } from '@mantine/core';
import { BusyButton } from '../layout/busy-button.tsx';
import { t } from '../words/index.ts';
import styles from './save-bar.module.css';

interface SaveBarProps {
  /** The id of the form that it saves: it stands below that, and what belongs to it. */
  form: string;
  isBusy: boolean;
  onDiscard(): void;
}

/** Stands at the foot of a form while something in it is not saved. */
export function SaveBar({ form, isBusy, onDiscard }: SaveBarProps) {
  return (
    <section className={styles.bar} aria-label={t('settings.unsaved')}>
      <Text fw={600} className={styles.words}>
        {t('settings.unsaved')}
      </Text>
      <Group gap="sm" wrap="nowrap">
        <Button variant="default" disabled={isBusy} onClick={onDiscard}>
          {t('settings.discard')}
        </Button>
        <BusyButton type="submit" form={form} busy={isBusy}>
          {t('settings.save')}
        </BusyButton>
      </Group>
    </section>
  );
}

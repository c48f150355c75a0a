import { Text } from '@mantine/core';
import { t } from '../../words/index.ts';
import { strengthWords } from './policy.ts';
import styles from './strength-meter.module.css';

const LEVELS = [1, 2, 3, 4, 5];

/** How hard the password is to guess, 1 to 5, in bars and words; 0 while there is nothing to judge. */
export function StrengthMeter({ level }: { level: number }) {
  const words = level > 0 ? strengthWords(level) : t('strength.level.0');
  return (
    <div className={styles.meter}>
      {/* biome-ignore lint/a11y/useSemanticElements: browsers draw <meter> each in its own way */}
      <div
        className={styles.bars}
        role="meter"
        aria-label={t('strength.label')}
        aria-valuemin={0}
        aria-valuemax={5}
        aria-valuenow={level}
        aria-valuetext={words}
        data-level={level}
      >
        {LEVELS.map((bar) => (
          <span key={bar} className={styles.bar} data-filled={bar <= level || undefined} />
        ))}
      </div>
      <Text span size="xs" c="dimmed" className={styles.words} aria-hidden>
        {words}
      </Text>
    </div>
  );
}

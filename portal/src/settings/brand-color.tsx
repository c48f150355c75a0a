import { Text, TextInput } from '@mantine/core';
import { t } from '../words/index.ts';
import styles from './brand-color.module.css';
import { brandOn, isColor, OUR_COLOR } from './brand-colors.ts';
import type { Field } from './use-settings-form.ts';

/** The color of buttons and links, with how they come out on a light and on a dark page. */
export function BrandColor({ field }: { field: Field<string | null> }) {
  const color = field.value !== null && isColor(field.value) ? field.value : OUR_COLOR;
  return (
    <div className={styles.row}>
      <TextInput
        id={field.id}
        label={t('branding.color')}
        description={t('branding.colorAbout')}
        placeholder={OUR_COLOR}
        autoComplete="off"
        spellCheck={false}
        maw={320}
        value={field.value ?? ''}
        readOnly={field.isReadOnly}
        variant={field.isReadOnly ? 'filled' : 'default'}
        error={field.error}
        leftSection={
          <input
            type="color"
            className={styles.picker}
            aria-label={t('branding.pick')}
            value={color}
            disabled={field.isReadOnly}
            onChange={(event) => field.set(event.currentTarget.value)}
          />
        }
        leftSectionPointerEvents="all"
        onChange={({ currentTarget: { value } }) => field.set(value === '' ? null : value)}
      />
      <div className={styles.samples} aria-hidden>
        {(['light', 'dark'] as const).map((scheme) => {
          const { background, text, link } = brandOn(scheme, color);
          return (
            <div key={scheme} className={styles.sample} data-scheme={scheme}>
              <span className={styles.button} style={{ background, color: text }}>
                {t('branding.sampleButton')}
              </span>
              <span className={styles.link} style={{ color: link }}>
                {t('branding.sampleLink')}
              </span>
            </div>
          );
        })}
      </div>
      <Text size="sm" c="dimmed">
        {t('branding.readable')}
      </Text>
    </div>
  );
}

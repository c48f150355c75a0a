import { Radio, Stack } from '@mantine/core';
import { t } from '../words/index.ts';
import type { ClientType } from './queries.ts';

const TYPES: readonly ClientType[] = ['WEB', 'SPA', 'NATIVE', 'M2M'];

/** What kind of app it is, each explained; it cannot be changed later. */
export function TypeChoice({ type, onChange }: { type: ClientType; onChange(type: ClientType): void }) {
  return (
    <Radio.Group
      label={t('app.type')}
      description={t('app.typeAbout')}
      value={type}
      onChange={(value) => onChange(TYPES.find((one) => one === value) ?? type)}
    >
      <Stack gap="xs" mt="xs">
        {TYPES.map((one) => (
          <Radio
            key={one}
            value={one}
            label={t(`app.types.${one}`)}
            description={t(`app.typesAbout.${one}`)}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}

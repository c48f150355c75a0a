import { Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { t } from '../words/index.ts';
import type { AuditSearch } from './audit-search.ts';
import { isPreset, PRESET_NAMES } from './range.ts';

const BETWEEN = 'between';
const ZONE = new Intl.DateTimeFormat().resolvedOptions().timeZone;

type Range = Pick<AuditSearch, 'range' | 'from' | 'to'>;

interface RangeFilterProps {
  range: Range;
  onChange(range: Range): void;
}

/** When the events happened: a stretch that ends now, or from one day to another where the viewer is. */
export function RangeFilter({ range: { range, from, to }, onChange }: RangeFilterProps) {
  const [wantsDays, setWantsDays] = useState(false);
  const hasDays = from !== undefined || to !== undefined;
  const shown = range ?? (hasDays || wantsDays ? BETWEEN : '');
  const choose = (next: string) => {
    setWantsDays(next === BETWEEN);
    onChange({ range: isPreset(next) ? next : undefined, from: undefined, to: undefined });
  };
  return (
    <div>
      <NativeSelect
        label={t('auditLog.range')}
        value={shown}
        onChange={({ currentTarget }) => choose(currentTarget.value)}
        data={[
          { value: '', label: t('auditLog.anyTime') },
          ...PRESET_NAMES.map((name) => ({ value: name, label: t(`auditLog.preset.${name}`) })),
          { value: BETWEEN, label: t('auditLog.between') },
        ]}
      />
      {shown === BETWEEN && (
        <>
          <Group grow gap="xs" mt="xs">
            <TextInput
              type="date"
              label={t('auditLog.from')}
              value={from ?? ''}
              max={to}
              onChange={({ currentTarget }) => onChange({ from: currentTarget.value || undefined, to })}
            />
            <TextInput
              type="date"
              label={t('auditLog.to')}
              value={to ?? ''}
              min={from}
              onChange={({ currentTarget }) => onChange({ from, to: currentTarget.value || undefined })}
            />
          </Group>
          <Text size="xs" c="dimmed" mt={4}>
            {t('auditLog.zone', { zone: ZONE })}
          </Text>
        </>
      )}
    </div>
  );
}

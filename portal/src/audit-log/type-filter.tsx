import { MultiSelect } from '@mantine/core';
import { t } from '../words/index.ts';
import { typesIn } from './audit-search.ts';
import { EVENT_GROUPS, GROUP_NAMES, isActivityType } from './event-groups.ts';
import { eventWords } from './event-words.ts';

const OPTIONS = GROUP_NAMES.map((group) => ({
  group: t(`auditLog.group.${group}`),
  items: EVENT_GROUPS[group].map((type) => ({
    value: type,
    label: eventWords({ activityType: type, data: null }),
  })),
}));

interface TypeFilterProps {
  types: string | undefined;
  onChange(types: string | undefined): void;
}

/** Which kinds of events are shown. */
export function TypeFilter({ types, onChange }: TypeFilterProps) {
  const chosen = typesIn(types);
  return (
    <MultiSelect
      label={t('auditLog.types')}
      placeholder={chosen.length === 0 ? t('auditLog.allTypes') : undefined}
      data={OPTIONS}
      value={chosen}
      onChange={(next) => onChange(next.filter(isActivityType).join() || undefined)}
      searchable
      clearable
      nothingFoundMessage={t('auditLog.noType')}
      // The list itself scrolls: the arrow keys move in it, so it is within the keyboard's reach.
      withScrollArea={false}
      styles={{ options: { maxHeight: 320, overflowY: 'auto' } }}
      comboboxProps={{ withinPortal: false }}
      clearButtonProps={{ 'aria-label': t('auditLog.clearTypes') }}
    />
  );
}

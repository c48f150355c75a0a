import { Radio, Stack } from '@mantine/core';
import type { Role } from '../../api/me.ts';
import { t } from '../../words/index.ts';

/** The least first. */
export const ROLES: readonly Role[] = ['viewer', 'editor', 'owner'];

/** What somebody may do in a project, each role with what it means. */
export function RoleChoice({ role, onChange }: { role: Role; onChange(role: Role): void }) {
  return (
    <Radio.Group
      label={t('collaborators.role')}
      value={role}
      onChange={(value) => onChange(ROLES.find((one) => one === value) ?? role)}
    >
      <Stack gap="xs" mt="xs">
        {ROLES.map((one) => (
          <Radio
            key={one}
            value={one}
            label={t(`role.${one}`)}
            description={t(`collaborators.roleAbout.${one}`)}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}

import { Card, Group, Text, Title } from '@mantine/core';
import { type MyProject, mayEdit } from '../../api/me.ts';
import { Definition, Definitions } from '../../layout/definition.tsx';
import { RoutedButton } from '../../layout/routed-button.tsx';
import { t } from '../../words/index.ts';
import type { User } from '../queries.ts';
import { ABOUT, ADDRESS, NAMES, valuesOf } from './attributes.ts';

/** What is known of a user beyond what they sign in with, and the way to change it. */
export function AttributesCard({ project, user }: { project: MyProject; user: User }) {
  const values = valuesOf(user.standardAttributes);
  const given = [...NAMES, ...ABOUT, ...ADDRESS].filter((name) => values[name] !== '');
  return (
    <Card component="section" aria-labelledby="attributes">
      <Group justify="space-between" align="flex-start" gap="sm" mb="xs">
        <Title order={2} id="attributes">
          {t('profile.attributes')}
        </Title>
        {mayEdit(project.role) && !user.isAnonymized && (
          <RoutedButton
            variant="default"
            to="/project/$projectID/users/$userID/edit-profile"
            params={{ projectID: project.id, userID: user.id }}
          >
            {t('profileForm.title')}
          </RoutedButton>
        )}
      </Group>
      {given.length === 0 ? (
        <Text c="dimmed">{t('profile.noAttributes')}</Text>
      ) : (
        <Definitions>
          {given.map((name) => (
            <Definition key={name} name={t(`profileForm.field.${name}`)}>
              <Text span style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
                {values[name]}
              </Text>
            </Definition>
          ))}
        </Definitions>
      )}
    </Card>
  );
}

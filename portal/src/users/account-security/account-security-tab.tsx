import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useProject } from '../../layout/project-frame.tsx';
import { userQuery } from '../queries.ts';
import { MailsCard } from './mails-card.tsx';
import { PasswordCard } from './password-card.tsx';

/** How the user signs in, what can be done about it, and the mails that told them. */
export function AccountSecurityTab() {
  const project = useProject();
  const { userID } = useParams({ from: '/project/$projectID/users/$userID' });
  const { data: user } = useQuery(userQuery(project.id, userID));
  if (!user) return null;
  return (
    <Stack gap="lg">
      <PasswordCard project={project} user={user} />
      <MailsCard project={project} userID={user.id} />
    </Stack>
  );
}

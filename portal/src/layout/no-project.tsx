import { Button, Center } from '@mantine/core';
import { IconLockAccess } from '@tabler/icons-react';
import { useMe } from '../api/me.ts';
import { post } from '../api/post.ts';
import { t } from '../words/index.ts';
import { Empty } from './empty.tsx';

/** For somebody who is signed in but is a collaborator of no project. */
export function NoProject() {
  const { operator } = useMe();
  const signOut = () => void post('/logout', {}).then(() => window.location.assign('/portal/'));
  return (
    <Center component="main" mih="100vh" p="md">
      <Empty
        order={1}
        icon={<IconLockAccess size={26} />}
        title={t('noProject.title')}
        action={
          <Button variant="default" onClick={signOut}>
            {t('noProject.another')}
          </Button>
        }
      >
        {t('noProject.about', { name: operator.name })}
      </Empty>
    </Center>
  );
}

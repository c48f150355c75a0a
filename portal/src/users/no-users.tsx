import { IconUserPlus, IconUserSearch } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Empty } from '../layout/empty.tsx';
import { RoutedButton } from '../layout/routed-button.tsx';
import { t } from '../words/index.ts';

interface NoUsersProps {
  searched?: string;
  firstPage: boolean;
  action: ReactNode;
}

/** What an empty list of users says: nothing matches, nothing more, or nobody is here yet. */
export function NoUsers({ searched, firstPage, action }: NoUsersProps) {
  if (searched || !firstPage) {
    return (
      <Empty
        icon={<IconUserSearch size={26} />}
        title={searched ? t('users.noMatch', { searched }) : t('users.noMore')}
        action={
          <RoutedButton variant="default" from="/project/$projectID/users" to="." search={{}}>
            {t('users.showAll')}
          </RoutedButton>
        }
      >
        {t('users.noMatchAbout')}
      </Empty>
    );
  }
  return (
    <Empty icon={<IconUserPlus size={26} />} title={t('users.none')} action={action}>
      {t('users.noneAbout')}
    </Empty>
  );
}

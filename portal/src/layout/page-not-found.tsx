import { Center } from '@mantine/core';
import { IconMapQuestion } from '@tabler/icons-react';
import { t } from '../words/index.ts';
import { Empty } from './empty.tsx';
import { RoutedButton } from './routed-button.tsx';

/** For an address where there is nothing, or nothing this operator may see; `standalone` outside a project. */
export function PageNotFound({ standalone }: { standalone?: boolean }) {
  return (
    <Center component={standalone ? 'main' : 'div'} mih="60vh" p="md">
      <Empty
        order={1}
        icon={<IconMapQuestion size={26} />}
        title={t('notFound.title')}
        action={
          <RoutedButton to="/" variant="default">
            {t('notFound.start')}
          </RoutedButton>
        }
      >
        {t('notFound.about')}
      </Empty>
    </Center>
  );
}

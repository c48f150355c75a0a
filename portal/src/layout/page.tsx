import { Box, Group, Skeleton, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import styles from './page.module.css';

interface PageProps {
  /** Undefined while it loads: a bar of the same height stands in. */
  title: string | undefined;
  /** One line below the title: what this page is for. */
  about?: ReactNode;
  /** What stands above the title: the way back. */
  above?: ReactNode;
  /** The page's primary action, on the right. */
  action?: ReactNode;
  /** Narrow pages hold one form. */
  narrow?: boolean;
  children: ReactNode;
}

/** The frame of every page: its title, its action, its content; names the browser's tab too. */
export function Page({ title, about, above, action, narrow, children }: PageProps) {
  useEffect(() => {
    document.title = title === undefined ? 'Latchkey' : `${title} · Latchkey`;
  }, [title]);
  return (
    <Box className={styles.page} data-narrow={narrow || undefined}>
      {above && <Box mb="xs">{above}</Box>}
      <Group justify="space-between" align="flex-start" mb="lg" gap="sm">
        <Box className={styles.head}>
          {title === undefined ? (
            <Skeleton height={22} width={200} my={4} />
          ) : (
            <Title order={1}>{title}</Title>
          )}
          {about && (
            <Text component="div" c="dimmed" mt={4}>
              {about}
            </Text>
          )}
        </Box>
        {action}
      </Group>
      {children}
    </Box>
  );
}

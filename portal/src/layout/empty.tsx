import { Box, Card, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface EmptyProps {
  icon: ReactNode;
  title: string;
  /** What to do first. */
  children?: ReactNode;
  action?: ReactNode;
  /** 1 where it stands for the whole page. */
  order?: 1 | 2;
}

/** What stands in the place of an empty list: why it is empty and what to do first. */
export function Empty({ icon, title, children, action, order = 2 }: EmptyProps) {
  return (
    <Card py={56}>
      <Stack align="center" gap="xs">
        <ThemeIcon size={48} radius="xl" variant="light" aria-hidden>
          {icon}
        </ThemeIcon>
        <Title order={order} size="h2" ta="center" mt="xs">
          {title}
        </Title>
        {children && (
          <Text c="dimmed" ta="center" maw={440}>
            {children}
          </Text>
        )}
        {action && <Box mt="sm">{action}</Box>}
      </Stack>
    </Card>
  );
}

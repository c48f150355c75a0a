import { Alert } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface NotAllowedProps {
  /** What cannot be done; left out where the page can still be looked at. */
  title?: string;
  /** Why, and who can. */
  children: ReactNode;
}

/** Stands in the place of a form, or above one that can only be read, and says why. */
export function NotAllowed({ title, children }: NotAllowedProps) {
  return (
    <Alert icon={<IconLock size={18} aria-hidden />} color="gray" title={title}>
      {children}
    </Alert>
  );
}

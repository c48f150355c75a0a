import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';

/** Why a form was refused, where that belongs to none of its fields; nothing while there is no reason. */
export function FormError({ title, children }: { title: string; children: ReactNode }) {
  if (!children) return null;
  return (
    <Alert role="alert" color="red" icon={<IconAlertTriangle size={18} aria-hidden />} title={title}>
      {children}
    </Alert>
  );
}

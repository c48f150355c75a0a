import { Anchor } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { createLink } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import styles from './back-link.module.css';

interface FaceProps extends React.ComponentPropsWithRef<'a'> {
  children: ReactNode;
}

function Face({ children, ...link }: FaceProps) {
  return (
    <Anchor {...link} size="sm" className={styles.link}>
      <IconArrowLeft size={16} aria-hidden />
      <span>{children}</span>
    </Anchor>
  );
}

/** The way back to the page above, on top of a page. */
export const BackLink = createLink(Face);

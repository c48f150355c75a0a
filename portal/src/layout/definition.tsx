import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './definition.module.css';

/** A list of names and values, one pair a line; on small screens the value stands below its name. */
export function Definitions({ children }: { children: ReactNode }) {
  return <dl className={styles.list}>{children}</dl>;
}

interface DefinitionProps {
  name: ReactNode;
  /** A few words below the name: what the value is good for. */
  about?: string;
  children: ReactNode;
}

/** One pair of {@link Definitions}. */
export function Definition({ name, about, children }: DefinitionProps) {
  return (
    <div className={styles.pair}>
      <dt>
        <Text span c="dimmed" size="sm">
          {name}
        </Text>
        {about && (
          <Text span size="xs" c="dimmed" display="block">
            {about}
          </Text>
        )}
      </dt>
      <dd className={styles.value}>{children}</dd>
    </div>
  );
}

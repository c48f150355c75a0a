import { Text } from '@mantine/core';
import { IconApps, IconChevronRight, IconUserPlus, IconUsersGroup } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { CopyID } from '../layout/copy-id.tsx';
import list from '../layout/link-list.module.css';
import { Page } from '../layout/page.tsx';
import { useProject } from '../layout/project-frame.tsx';
import { t } from '../words/index.ts';
import styles from './first-steps.module.css';

const icon = { size: 20, stroke: 1.6, 'aria-hidden': true } as const;

interface Step {
  to:
    | '/project/$projectID/applications/create'
    | '/project/$projectID/users/create'
    | '/project/$projectID/settings/collaborators';
  words: 'app' | 'user' | 'collaborators';
  icon: ReactNode;
}

const STEPS: readonly Step[] = [
  { to: '/project/$projectID/applications/create', words: 'app', icon: <IconApps {...icon} /> },
  { to: '/project/$projectID/users/create', words: 'user', icon: <IconUserPlus {...icon} /> },
  {
    to: '/project/$projectID/settings/collaborators',
    words: 'collaborators',
    icon: <IconUsersGroup {...icon} />,
  },
];

/** Where a new project answers, and what to do in it first. */
export function FirstStepsPage() {
  const project = useProject();
  return (
    <Page
      narrow
      title={t('firstSteps.title', { project: project.name })}
      about={
        <>
          {t('firstSteps.about')} <CopyID value={project.origin} label={t('firstSteps.copyOrigin')} />
        </>
      }
    >
      <ol className={list.list}>
        {STEPS.map(({ to, words, icon }) => (
          <li key={to} className={styles.step}>
            {icon}
            <div className={styles.words}>
              <Link className={list.link} to={to} params={{ projectID: project.id }}>
                {t(`firstSteps.${words}`)}
              </Link>
              <Text size="sm" c="dimmed">
                {t(`firstSteps.${words}About`)}
              </Text>
            </div>
            <IconChevronRight size={18} aria-hidden />
          </li>
        ))}
      </ol>
    </Page>
  );
}

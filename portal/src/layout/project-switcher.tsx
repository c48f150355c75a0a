import { Group, Menu, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconCheck, IconPlus, IconSelector } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type MyProject, useMe } from '../api/me.ts';
import { t } from '../words/index.ts';
import mark from './mark.svg';
import { PLAIN_MENU } from './plain-menu.ts';
import styles from './project-switcher.module.css';

function Face({ project }: { project: MyProject }) {
  return (
    <Group gap={10} wrap="nowrap" miw={0} flex={1}>
      <img src={mark} alt="" width={30} height={30} />
      <span className={styles.names}>
        <Text span fw={650} truncate className={styles.name}>
          {project.name}
        </Text>
        <Text span size="xs" c="dimmed" truncate className={styles.name}>
          {t(`role.${project.role}`)}
        </Text>
      </span>
    </Group>
  );
}

/** The project's name on top of the navigation; where there are more projects, or more to be made, it leads there. */
export function ProjectSwitcher({ current }: { current: MyProject }) {
  const { projects, createsProjects } = useMe();
  if (projects.length < 2 && !createsProjects) {
    return (
      <div className={styles.face}>
        <Face project={current} />
      </div>
    );
  }
  return (
    <Menu width="target" position="bottom-start" shadow="md" {...PLAIN_MENU}>
      <Menu.Target>
        <UnstyledButton className={styles.face} data-switch>
          <VisuallyHidden>{t('layout.switchProject')} </VisuallyHidden>
          <Face project={current} />
          <IconSelector size={16} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {projects.map((project) => (
          <Menu.Item
            key={project.id}
            component={Link}
            to={`/project/${project.id}/users`}
            rightSection={project.id === current.id ? <IconCheck size={14} aria-hidden /> : undefined}
          >
            {project.name}
          </Menu.Item>
        ))}
        {createsProjects && (
          <>
            <Menu.Divider />
            <Menu.Item
              component={Link}
              to="/projects/create"
              leftSection={<IconPlus size={14} aria-hidden />}
            >
              {t('layout.createProject')}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

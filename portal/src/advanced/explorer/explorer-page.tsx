import { Button, Group, Kbd, Menu, NativeSelect, Text } from '@mantine/core';
import { IconBook2, IconHistory, IconPlayerPlay } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { mayEdit } from '../../api/me.ts';
import { BusyButton } from '../../layout/busy-button.tsx';
import { Page } from '../../layout/page.tsx';
import { PLAIN_MENU } from '../../layout/plain-menu.ts';
import { useProject } from '../../layout/project-frame.tsx';
import { wordsForError } from '../../layout/words-for-error.ts';
import { t } from '../../words/index.ts';
import { Editor } from './editor.tsx';
import styles from './explorer.module.css';
import { operationNames, titleOf, variablesIn } from './operations.ts';
import { runOperation } from './run.ts';
import { schemaQuery } from './schema.ts';
import { SchemaDocs } from './schema-docs.tsx';

const FIRST = `query Users {
  users(first: 5) {
    edges {
      node {
        id
        formattedName
        createdAt
      }
    }
  }
}
`;

const MOST_REMEMBERED = 20;

const pretty = (answer: unknown): string => JSON.stringify(answer, undefined, 2);

/**
 * Tries the Admin API out, with completion by its schema. What was run is remembered as long as the page is open,
 * and only the operations of it: variables may hold passwords.
 */
export function ExplorerPage() {
  const project = useProject();
  const schema = useQuery(schemaQuery(project.id));
  const [document, setDocument] = useState(FIRST);
  const [variables, setVariables] = useState('');
  const [chosen, setChosen] = useState('');
  const [result, setResult] = useState('');
  const [past, setPast] = useState<string[]>([]);
  const [showsDocs, setShowsDocs] = useState(false);
  const names = operationNames(document);
  const operationName = names.includes(chosen) ? chosen : names[0];
  const isWrong = !isReadable(variables);

  const run = useMutation({
    mutationFn: () =>
      runOperation(project.id, { query: document, variables: variablesIn(variables), operationName }),
    onSuccess: (answer) => setResult(pretty(answer)),
    onError: (error) => setResult(pretty({ error: wordsForError(error) })),
    onMutate: () =>
      setPast((before) => [document, ...before.filter((one) => one !== document)].slice(0, MOST_REMEMBERED)),
  });
  const start = () => {
    if (!run.isPending && !isWrong && document.trim() !== '') run.mutate();
  };
  return (
    <Page
      title={t('explorer.title')}
      about={mayEdit(project.role) ? t('explorer.about') : t('explorer.aboutViewer')}
      action={
        <Group gap="xs">
          {past.length > 0 && <Past past={past} onChoose={setDocument} />}
          <Button
            variant="default"
            leftSection={<IconBook2 size={16} aria-hidden />}
            onClick={() => setShowsDocs(true)}
          >
            {t('explorer.docs')}
          </Button>
        </Group>
      }
    >
      <Group gap="sm" mb="sm">
        <BusyButton
          leftSection={<IconPlayerPlay size={16} aria-hidden />}
          busy={run.isPending}
          disabled={isWrong || document.trim() === ''}
          onClick={start}
        >
          {t('explorer.run')}
        </BusyButton>
        {names.length > 1 && (
          <NativeSelect
            aria-label={t('explorer.operation')}
            value={operationName}
            onChange={({ currentTarget }) => setChosen(currentTarget.value)}
            data={names}
          />
        )}
        <Text size="sm" c="dimmed">
          <Kbd size="xs">Ctrl</Kbd> + <Kbd size="xs">Enter</Kbd> {t('explorer.keys')}
        </Text>
      </Group>
      <div className={styles.panes}>
        <div className={styles.column}>
          <div>
            <div className={styles.label}>{t('explorer.query')}</div>
            <div className={`${styles.pane} ${styles.query}`}>
              <Editor
                label={t('explorer.query')}
                language="graphql"
                value={document}
                onChange={setDocument}
                onRun={start}
                schema={schema.data}
              />
            </div>
          </div>
          <div>
            <div className={styles.label}>{t('explorer.variables')}</div>
            <div className={`${styles.pane} ${styles.variables}`}>
              <Editor
                label={t('explorer.variables')}
                language="json"
                value={variables}
                onChange={setVariables}
                onRun={start}
                hint={'{ "id": "…" }'}
              />
            </div>
            {isWrong && (
              <Text role="alert" size="sm" c="var(--bad)" mt={4}>
                {t('explorer.wrongVariables')}
              </Text>
            )}
          </div>
        </div>
        <div>
          <div className={styles.label}>{t('explorer.result')}</div>
          <div className={`${styles.pane} ${styles.result}`} aria-busy={run.isPending}>
            <Editor
              label={t('explorer.result')}
              language="json"
              value={result}
              readOnly
              hint={t('explorer.noResult')}
            />
          </div>
        </div>
      </div>
      <SchemaDocs opened={showsDocs} onClose={() => setShowsDocs(false)} schema={schema.data} />
    </Page>
  );
}

function isReadable(variables: string): boolean {
  try {
    variablesIn(variables);
    return true;
  } catch {
    return false;
  }
}

function Past({ past, onChoose }: { past: readonly string[]; onChoose(document: string): void }) {
  return (
    <Menu position="bottom-end" shadow="md" width={280} {...PLAIN_MENU}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconHistory size={16} aria-hidden />}>
          {t('explorer.history')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {past.map((document) => (
          <Menu.Item key={document} onClick={() => onChoose(document)}>
            <Text span size="sm" truncate display="block">
              {titleOf(document)}
            </Text>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

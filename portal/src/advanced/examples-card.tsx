import { Card, Tabs, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { CodeBlock } from '../layout/code-block.tsx';
import { t } from '../words/index.ts';
import { curlExample, keyFile, typeScriptExample } from './examples.ts';
import { adminKeysQuery } from './queries.ts';

const ANY_KEY = 'KEY_ID';

const EXAMPLES = [
  { name: 'curl', write: curlExample },
  { name: 'TypeScript', write: typeScriptExample },
] as const;

/** A first request, ready to paste: it names this project's endpoint and its newest key. */
export function Examples({ endpoint, projectID }: { endpoint: string; projectID: string }) {
  const keys = useQuery(adminKeysQuery(projectID));
  const keyID = keys.data?.find(({ revokedAt }) => revokedAt === null)?.keyID ?? ANY_KEY;
  const input = { endpoint, projectID, keyID };
  return (
    <Card component="section" aria-labelledby="examples">
      <Title order={2} id="examples">
        {t('adminAPI.examples')}
      </Title>
      <Text c="dimmed" mb="sm" style={{ overflowWrap: 'anywhere' }}>
        {t('adminAPI.examplesAbout', { file: keyFile(input) })}
      </Text>
      <Tabs defaultValue="curl" keepMounted={false}>
        <Tabs.List aria-label={t('adminAPI.examples')}>
          {EXAMPLES.map(({ name }) => (
            <Tabs.Tab key={name} value={name}>
              {name}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {EXAMPLES.map(({ name, write }) => (
          <Tabs.Panel key={name} value={name} pt="md">
            <CodeBlock code={write(input)} label={name} copyLabel={t('adminAPI.copyExample')} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </Card>
  );
}

import { Anchor, Drawer, Group, Skeleton, Stack, Text, TextInput, Title } from '@mantine/core';
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type GraphQLType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
} from 'graphql';
import { useState } from 'react';
import { t } from '../../words/index.ts';
import styles from './explorer.module.css';

interface SchemaDocsProps {
  opened: boolean;
  onClose(): void;
  /** Undefined while it loads. */
  schema: GraphQLSchema | undefined;
}

/** What the schema has, type by type, beside the editor. */
export function SchemaDocs({ opened, onClose, schema }: SchemaDocsProps) {
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size="md"
      title={t('explorer.docs')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      // Its <header> would be a second banner beside the page's own.
      attributes={{ header: { role: 'presentation' } }}
      transitionProps={{ duration: 120 }}
    >
      {schema ? <Browser schema={schema} /> : <Skeleton height={300} />}
    </Drawer>
  );
}

function Browser({ schema }: { schema: GraphQLSchema }) {
  const roots = [schema.getQueryType(), schema.getMutationType()].filter((type) => type != null);
  const [path, setPath] = useState<string[]>([]);
  const [searched, setSearched] = useState('');
  const open = (name: string) => {
    setPath([...path, name]);
    setSearched('');
  };
  const named = path.at(-1);
  const type = named === undefined ? undefined : schema.getType(named);
  return (
    <Stack gap="md">
      <Group gap="md" mih={24}>
        {path.length > 0 && (
          <Anchor component="button" type="button" size="sm" onClick={() => setPath(path.slice(0, -1))}>
            {t('explorer.back')}
          </Anchor>
        )}
      </Group>
      <TextInput
        type="search"
        aria-label={t('explorer.search')}
        placeholder={t('explorer.search')}
        value={searched}
        onChange={({ currentTarget }) => setSearched(currentTarget.value)}
      />
      {(type ? [type] : roots).map((one) => (
        <TypeDocs key={one.name} type={one} searched={searched.trim().toLowerCase()} onOpen={open} />
      ))}
    </Stack>
  );
}

interface TypeDocsProps {
  type: GraphQLNamedType;
  /** In lower case. */
  searched: string;
  onOpen(name: string): void;
}

function TypeDocs({ type, searched, onOpen }: TypeDocsProps) {
  const fields: (GraphQLField<unknown, unknown> | GraphQLInputField)[] =
    isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)
      ? Object.values(type.getFields())
      : [];
  const values = isEnumType(type) ? type.getValues() : [];
  const fits = ({ name }: { name: string }) => name.toLowerCase().includes(searched);
  return (
    <section>
      <Title order={3} size="h3" style={{ overflowWrap: 'anywhere' }}>
        {type.name}
      </Title>
      {type.description && (
        <Text size="sm" c="dimmed">
          {type.description}
        </Text>
      )}
      <ul className={styles.fields}>
        {fields.filter(fits).map((field) => (
          <li key={field.name} className={styles.field}>
            <span className={styles.name}>{field.name}</span>
            {'args' in field && field.args.length > 0 && <Arguments args={field.args} onOpen={onOpen} />}
            {': '}
            <TypeLink type={field.type} onOpen={onOpen} />
            {field.description && (
              <Text size="sm" c="dimmed">
                {field.description}
              </Text>
            )}
          </li>
        ))}
        {values.filter(fits).map((value) => (
          <li key={value.name} className={styles.field}>
            <span className={styles.name}>{value.name}</span>
            {value.description && (
              <Text size="sm" c="dimmed">
                {value.description}
              </Text>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Arguments({ args, onOpen }: { args: readonly GraphQLArgument[]; onOpen: TypeDocsProps['onOpen'] }) {
  return (
    <span className={styles.name} style={{ fontWeight: 400 }}>
      {'('}
      {args.map(({ name, type }, index) => (
        <span key={name}>
          {index > 0 && ', '}
          {name}: <TypeLink type={type} onOpen={onOpen} />
        </span>
      ))}
      {')'}
    </span>
  );
}

/** A type as it is written, which leads to what it holds. */
function TypeLink({ type, onOpen }: { type: GraphQLType; onOpen: TypeDocsProps['onOpen'] }) {
  return (
    <button type="button" className={styles.type} onClick={() => onOpen(getNamedType(type).name)}>
      {String(type)}
    </button>
  );
}

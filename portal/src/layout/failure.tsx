import { Alert, Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { t } from '../words/index.ts';
import { wordsForError } from './words-for-error.ts';

interface FailureProps {
  error: unknown;
  onRetry?: () => void;
}

/** What stands in the place of content that could not be loaded, with the way to try again. */
export function Failure({ error, onRetry }: FailureProps) {
  return (
    <Alert color="red" icon={<IconAlertTriangle size={18} />} title={t('failure.title')}>
      {wordsForError(error)}
      {onRetry && (
        <Button mt="sm" size="xs" variant="default" display="block" onClick={onRetry}>
          {t('failure.again')}
        </Button>
      )}
    </Alert>
  );
}

import { ShownOnce } from '../layout/shown-once.tsx';
import { t } from '../words/index.ts';

interface ClientSecretProps {
  /** Undefined while none was just made. */
  secret: string | undefined;
  onClose(): void;
}

/** Shows the secret of an app, this once. */
export function ClientSecret({ secret, onClose }: ClientSecretProps) {
  return (
    secret !== undefined && (
      <ShownOnce
        title={t('app.secretTitle')}
        about={t('app.secretAbout')}
        secret={secret}
        label={t('app.secret')}
        copyLabel={t('app.copySecret')}
        onClose={onClose}
      />
    )
  );
}

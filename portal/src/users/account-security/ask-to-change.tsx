import { Switch } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { notifyFailed } from '../../layout/notify.tsx';
import { t } from '../../words/index.ts';
import { type User, userKey } from '../queries.ts';
import { setPasswordExpired } from './queries.ts';

interface AskToChangeProps {
  projectID: string;
  user: User;
  /** Why this operator cannot change it. */
  whyNot: string | undefined;
}

/** The toggle that has the next login choose a new password. It acts at once; a refusal puts it back. */
export function AskToChange({ projectID, user, whyNot }: AskToChangeProps) {
  const queryClient = useQueryClient();
  const change = useMutation({
    mutationFn: (expired: boolean) => setPasswordExpired(projectID, user.id, expired),
    // One after the other, or two quick clicks could arrive in the wrong order.
    scope: { id: `ask-to-change-${user.id}` },
    onError: (error) => notifyFailed(t('security.askFailed'), error),
    onSettled: () => queryClient.invalidateQueries({ queryKey: userKey(projectID, user.id) }),
  });
  const password = user.primaryPassword;
  const isAsked = change.isPending ? change.variables : password?.expireAfter != null;
  const about = isAsked ? t('security.askOn') : t('security.askOff');
  const words = password ? about : t('security.askNoPassword');
  return (
    <Switch
      label={t('security.ask')}
      description={whyNot ? `${words} ${whyNot}` : words}
      checked={isAsked}
      disabled={whyNot !== undefined || !password}
      onChange={(event) => change.mutate(event.currentTarget.checked)}
    />
  );
}

import { Alert, Checkbox } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useMe } from '../../api/me.ts';
import { t } from '../../words/index.ts';
import { isOwnAccount } from '../own-account.ts';

interface RevokeBoxProps {
  checked: boolean;
  onChange(checked: boolean): void;
  projectID: string;
  userID: string;
}

/** Whether a change of password ends every session; operators hear that theirs would be among them. */
export function RevokeBox({ checked, onChange, projectID, userID }: RevokeBoxProps) {
  const { operator } = useMe();
  return (
    <>
      <Checkbox
        label={t('changePassword.revoke')}
        description={t('changePassword.revokeAbout')}
        checked={checked}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      {checked && isOwnAccount(operator.id, projectID, userID) && (
        <Alert icon={<IconInfoCircle size={18} aria-hidden />} color="gray">
          {t('changePassword.itIsYou')}
        </Alert>
      )}
    </>
  );
}

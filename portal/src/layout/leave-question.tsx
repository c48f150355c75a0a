import { t } from '../words/index.ts';
import { Confirm } from './confirm.tsx';
import type { LeaveGuard } from './leave-guard.ts';

/** Asks whether to leave a form that is not saved. */
export function LeaveQuestion({ guard }: { guard: LeaveGuard }) {
  return (
    <Confirm
      opened={guard.isAsked}
      title={t('leave.title')}
      keep={t('leave.stay')}
      onKeep={guard.stay}
      act={t('leave.leave')}
      onAct={guard.leave}
    >
      {t('leave.about')}
    </Confirm>
  );
}

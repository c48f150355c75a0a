export { deleteUser } from './delete-user.ts';
export { setDisabledStatus } from './set-disabled.ts';
export { setAccountValidPeriod } from './set-valid-period.ts';

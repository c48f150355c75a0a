export { deleteUser } from './delete-user.ts';
export { setDisabledStatus } from './set-disabled.ts';

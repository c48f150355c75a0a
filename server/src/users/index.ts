export { usersByAddresses } from './by-addresses.ts';
export { userNotFound } from './errors.ts';
export { formattedName } from './formatted-name.ts';
export { insertUser } from './insert.ts';
export { normalizeLoginID, parseLoginID } from './login-ids/index.ts';
export type { Identity, LoginID, LoginIDType, User } from './model.ts';
export { countUsers, searchUsers, type UserPageRequest } from './search.ts';
export { userStore } from './store.ts';

import { isSameID } from './global-id.ts';

/** The project whose users sign in to the portal. */
const HOME = 'home';

/** Whether a user of a project is the operator themself. */
export const isOwnAccount = (operatorID: string, projectID: string, userID: string): boolean =>
  projectID === HOME && isSameID(operatorID, userID);

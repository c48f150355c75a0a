/** The server cannot start. The message is for the person who starts it: what is wrong, and what to do. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** The major version of Node.js that `engines` in package.json asks for. */
const OLDEST = 24;

/** What to do where Node.js is too old for us; undefined where it is not. */
export function nodeTooOld(version: string): string | undefined {
  if (Number(version.split('.')[0]) >= OLDEST) return undefined;
  return (
    `this is Node.js ${version}, and Latchkey needs ${OLDEST} or later: run it with "npx latchkey" or "npm start", ` +
    'which use the one that "npm ci" brought'
  );
}

import { join } from 'node:path';

/** A folder of the build, such as `pages`: they stand side by side, the bundled server among them. */
export const builtFolder = (name: 'pages' | 'portal'): string => join(import.meta.dirname, '..', name);

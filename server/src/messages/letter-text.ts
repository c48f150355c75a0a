import type { Letter } from './letter.ts';

/** The text part of a mail: the same words as its HTML, in the same order. */
export const letterText = ({ heading, intro, password, notes, action, footer }: Letter): string =>
  [
    heading,
    intro,
    ...(password === undefined ? [] : [password]),
    ...notes,
    ...(action ? [`${action.label}: ${action.url}`] : []),
    footer,
  ]
    .join('\n\n')
    .concat('\n');

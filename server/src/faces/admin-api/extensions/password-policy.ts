import { MAX_PASSWORD_LENGTH } from '../../../passwords/index.ts';
import type { PasswordSettings } from '../../../projects/index.ts';
import { builder } from '../schema/builder.ts';

const PasswordPolicy = builder.objectRef<PasswordSettings>('PasswordPolicy').implement({
  description: 'The rules a new password of this project has to keep.',
  fields: (t) => ({
    minLength: t.int({ resolve: (policy) => policy.min_length }),
    maxLength: t.int({ description: 'In code points.', resolve: () => MAX_PASSWORD_LENGTH }),
    uppercaseRequired: t.boolean({ resolve: (policy) => policy.uppercase_required }),
    lowercaseRequired: t.boolean({ resolve: (policy) => policy.lowercase_required }),
    alphabetRequired: t.boolean({ resolve: (policy) => policy.alphabet_required }),
    digitRequired: t.boolean({ resolve: (policy) => policy.digit_required }),
    symbolRequired: t.boolean({ resolve: (policy) => policy.symbol_required }),
    minimumGuessableLevel: t.int({
      description: 'The strength wanted at least, 1 to 5; 0 is off.',
      resolve: (policy) => policy.minimum_guessable_level,
    }),
    excludedKeywords: t.stringList({ resolve: (policy) => policy.excluded_keywords }),
    historySize: t.int({ resolve: (policy) => policy.history_size }),
    historyDays: t.int({ resolve: (policy) => policy.history_days }),
    typingByOperators: t.boolean({
      description: 'Whether operators may type a password, or only have one generated and sent.',
      resolve: (policy) => policy.typing_by_operators,
    }),
  }),
});

builder.queryField('passwordPolicy', (t) =>
  t.field({
    type: PasswordPolicy,
    description: 'The password policy of this project.',
    resolve: async (_, __, { deps, project }) => (await deps.projects.settings(project)).passwords,
  }),
);

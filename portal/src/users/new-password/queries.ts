import { queryOptions } from '@tanstack/react-query';
import type { PolicyCause } from '../../api/error.ts';
import { ask, graphql } from '../../api/graphql.ts';

const PasswordPolicyDocument = graphql(`
  query PasswordPolicy {
    passwordPolicy {
      minLength
      maxLength
      uppercaseRequired
      lowercaseRequired
      alphabetRequired
      digitRequired
      symbolRequired
      minimumGuessableLevel
      historySize
      historyDays
      typingByOperators
    }
  }
`);

/** The rules a new password of this project has to keep. */
export const policyQuery = (projectID: string) =>
  queryOptions({
    queryKey: [projectID, 'password-policy'],
    queryFn: async ({ signal }) => (await ask(projectID, PasswordPolicyDocument, {}, signal)).passwordPolicy,
  });

const CheckPasswordDocument = graphql(`
  query CheckPassword($input: CheckPasswordInput!) {
    checkPassword(input: $input) {
      causes {
        name
        info
      }
      level
    }
  }
`);

/** What to check, under which rules, and whose login ids must not stand in it. */
export interface CheckInput {
  password: string;
  userID?: string;
  loginIDs?: string[];
  /** Settings that are not saved yet, under which it is checked. */
  changes?: { key: string; value: unknown }[];
}

/** What the policy says of a password. The answer is forgotten as soon as nothing shows it. */
export const checkQuery = (projectID: string, input: CheckInput) =>
  queryOptions({
    queryKey: [projectID, 'check-password', input],
    queryFn: async ({ signal }) => {
      const { checkPassword } = await ask(projectID, CheckPasswordDocument, { input }, signal);
      const causes: PolicyCause[] = checkPassword.causes.map(({ name, info }) => ({
        Name: name,
        Info: info ?? undefined,
      }));
      return { causes, level: checkPassword.level };
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });

const GeneratePasswordDocument = graphql(`
  mutation GeneratePassword {
    generatePassword {
      password
    }
  }
`);

/** A fresh password that keeps the policy. Nothing is written. */
export async function generatePassword(projectID: string): Promise<string> {
  return (await ask(projectID, GeneratePasswordDocument, {})).generatePassword.password;
}

import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { PolicyCause } from '../../api/error.ts';
import { type CheckInput, checkQuery } from './queries.ts';

const TYPING_PAUSE_MS = 250;

/** What is known of the password as it is typed. */
export interface PasswordCheck {
  /** The broken rules of what was checked last; undefined while nothing is typed or checked yet. */
  causes: PolicyCause[] | undefined;
  /** Its strength, 1 to 5; 0 while there is none. */
  level: number;
  /** Whether exactly what is typed now was checked and keeps every rule. */
  keepsPolicy: boolean;
  /** Why it could not be checked. */
  error: Error | null;
  retry(): void;
}

/** Has the server judge the password once the typing rests; until then the last answer stands. */
export function usePasswordCheck(projectID: string, input: CheckInput): PasswordCheck {
  const now = JSON.stringify(input);
  const [rested] = useDebouncedValue(now, TYPING_PAUSE_MS);
  const isTyped = input.password !== '';
  const checked = JSON.parse(rested) as CheckInput;
  const check = useQuery({
    ...checkQuery(projectID, checked),
    enabled: isTyped && checked.password !== '',
    placeholderData: keepPreviousData,
  });
  const answer = isTyped ? check.data : undefined;
  const isCurrent = rested === now && check.isSuccess && !check.isPlaceholderData;
  return {
    causes: answer?.causes,
    level: answer?.level ?? 0,
    keepsPolicy: isTyped && isCurrent && check.data.causes.length === 0,
    error: isTyped ? check.error : null,
    retry: () => void check.refetch(),
  };
}

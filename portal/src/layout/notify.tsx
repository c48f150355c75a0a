import { notifications } from '@mantine/notifications';
import { IconCheck, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { wordsForError } from './words-for-error.ts';

const DONE_STAYS_MS = 6_000;

interface Done {
  title: string;
  message?: ReactNode;
  /** Fixed where its own content closes it. */
  id?: string;
  stays?: boolean;
}

/** Tells that something worked. */
export function notifyDone({ title, message, id, stays = false }: Done): void {
  notifications.show({
    id,
    title,
    message,
    color: 'brand',
    icon: <IconCheck size={18} aria-hidden />,
    autoClose: stays ? false : DONE_STAYS_MS,
    role: 'status',
  });
}

/** Tells that something went wrong; stays until it is closed. */
export function notifyProblem(title: string, message: ReactNode): void {
  notifications.show({
    title,
    message,
    color: 'red',
    icon: <IconX size={18} aria-hidden />,
    autoClose: false,
    role: 'alert',
  });
}

/** Tells that an act was refused or failed, in the words for its error. */
export const notifyFailed = (title: string, error: unknown): void =>
  notifyProblem(title, wordsForError(error));

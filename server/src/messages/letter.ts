import type { Translate } from '../platform/words/index.ts';
import type { MessageType, Payloads } from './model.ts';

/** What a mail says, in words; its HTML and its text are made from this one. */
export interface Letter {
  subject: string;
  heading: string;
  intro: string;
  /** Stands on a line of its own, exactly as it is. */
  password?: string;
  notes: string[];
  /** The one thing to do; none where the reader is to go on where they are. */
  action?: { label: string; url: string };
  footer: string;
}

/** What a letter is written about. */
export interface LetterSubject {
  type: MessageType;
  payload: Partial<
    Payloads['password_reset_by_admin'] &
      Payloads['operator_created'] &
      Payloads['signup_code'] &
      Payloads['recovery_without_password']
  >;
  project: { name: string; origin: string };
  password?: string;
  /** When it happened. */
  at: Date;
}

/** A user who had no password before is told that there is one, not that it changed. */
const wordsOf = ({ type, payload }: LetterSubject): string =>
  type === 'password_reset_by_admin' && payload.isFirst === true ? 'first_password' : type;

function notesOf(translate: Translate, { type, payload }: LetterSubject, values: Values): string[] {
  switch (type) {
    case 'password_reset_by_admin':
    case 'account_created':
    case 'operator_created':
      return [
        ...(payload.mustChange === true ? [translate('mustChange')] : []),
        translate('unexpected', values),
      ];
    case 'password_changed':
      return [translate('password_changed.calm'), translate('password_changed.unexpected', values)];
    case 'recovery_link':
    case 'recovery_code':
      return [translate(`${type}.validFor`, { count: payload.minutes ?? 0 }), translate('unasked')];
    case 'recovery_without_password':
      return [
        translate(`${type}.${payload.hasProvider === true ? 'provider' : 'none'}`, values),
        translate('unasked'),
      ];
    case 'signup_code':
      return [translate('signup_code.validFor', { count: payload.minutes ?? 0 }), translate('ignore')];
    case 'signup_existing_account':
      return [translate('signup_existing_account.forgot', values), translate('ignore')];
    case 'test':
      return [];
  }
}

/** Operators sign in where they work; everybody else where the apps sign them in. A code has its page open already. */
function actionOf(translate: Translate, { type, project, password }: LetterSubject): Letter['action'] {
  switch (type) {
    case 'signup_code':
    case 'recovery_code':
      return undefined;
    case 'recovery_link':
      return {
        label: translate('recovery_link.open'),
        url: `${project.origin}/reset-password?token=${encodeURIComponent(password ?? '')}`,
      };
    case 'operator_created':
      return { label: translate('operator_created.open'), url: `${project.origin}/portal/` };
    default:
      return { label: translate('signIn'), url: `${project.origin}/login` };
  }
}

type Values = Record<string, string>;

const moment = (at: Date, locale: string): string =>
  at.toLocaleString(locale, { dateStyle: 'long', timeStyle: 'long', timeZone: 'UTC' });

/** Writes the letter for a message in one language. The password is handed on, never put into a sentence. */
export function writeLetter(translate: Translate, locale: string, subject: LetterSubject): Letter {
  const { payload, project, password, at } = subject;
  const words = wordsOf(subject);
  const values: Values = {
    project: project.name,
    origin: project.origin,
    loginID: payload.loginID ?? '',
    worksOn: payload.worksOn ?? '',
    time: moment(at, locale),
  };
  return {
    subject: translate(`${words}.subject`, values),
    heading: translate(`${words}.heading`, values),
    intro: translate(`${words}.intro`, values),
    // A link's token is in the link.
    password: subject.type === 'recovery_link' ? undefined : password,
    notes: notesOf(translate, subject, values),
    action: actionOf(translate, subject),
    footer: translate('footer', values),
  };
}

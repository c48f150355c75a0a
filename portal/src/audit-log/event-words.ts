import en from '../words/en.json';
import { t } from '../words/index.ts';

/** An entry of the audit log, as far as its words go. */
export interface AuditEvent {
  activityType: string;
  /** What was recorded beside it; `actor` says who did it. */
  data: Record<string, unknown> | null;
}

type Data = Record<string, unknown>;
type Worded = keyof typeof en.audit.event;

const isWorded = (type: string): type is Worded => Object.hasOwn(en.audit.event, type);

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** `SOME_TYPE` as "Some type": what stands for a type that has no words of its own. */
function spelledOut(type: string): string {
  const words = type.replaceAll('_', ' ').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const MUTATION = /^ADMIN_API_MUTATION_(.+)_EXECUTED$/;

/**
 * Whether an entry only says that another one beside it was asked for over the Admin API: whoever reads what
 * happened has read it there already.
 */
export const isEcho = ({ activityType }: Pick<AuditEvent, 'activityType'>): boolean =>
  MUTATION.test(activityType);

/** Types whose words depend on what was recorded. */
function wordsByData(type: string, data: Data): string | undefined {
  if (type === 'PASSWORD_EXPIRY_SET' && data.expired === false) return t('audit.variant.expiryTaken');
  if (type === 'USER_SESSION_TERMINATED' && data.termination_type === 'all')
    return t('audit.variant.allSessions');
  return undefined;
}

/** What happened, in a few words: "Password reset". Whom it is about stands beside it. */
export function eventWords({ activityType, data }: AuditEvent): string {
  const mutation = MUTATION.exec(activityType)?.[1];
  if (mutation !== undefined) return t('audit.mutation', { what: spelledOut(mutation).toLowerCase() });
  return (
    wordsByData(activityType, data ?? {}) ??
    (isWorded(activityType) ? t(`audit.event.${activityType}`) : spelledOut(activityType))
  );
}

const given =
  (key: 'reason' | 'recipient' | 'reply' | 'login_id' | 'name' | 'key_id' | 'subject' | 'to') =>
  (data: Data) =>
    text(data[key]);

const because = (data: Data) => {
  const reason = text(data.reason);
  return reason && t('audit.detail.reason', { reason });
};

const when = (condition: unknown, words: string): string | undefined =>
  condition === true ? words : undefined;

function messageWords(data: Data): string | undefined {
  const type = text(data.type)?.toUpperCase() ?? '';
  return Object.hasOwn(en.message.type, type)
    ? t(`message.type.${type as keyof typeof en.message.type}`)
    : undefined;
}

const toRecipient = (data: Data): string | undefined => {
  const recipient = text(data.recipient);
  return recipient && t('message.to', { recipient });
};

function settingWords({ key, from, to }: Data): string | undefined {
  const name = text(key);
  if (name === undefined) return undefined;
  const [before, after] = [from, to].map((value) =>
    value === null || value === undefined ? t('audit.detail.default') : JSON.stringify(value),
  );
  return t('audit.detail.setting', { name, before, after });
}

const loginIDs = (data: Data): string | undefined =>
  list(data.login_ids)
    .map((loginID) => text((loginID as Data | null)?.value))
    .filter((value) => value !== undefined)
    .join(', ') || undefined;

const names = (field: 'attributes' | 'redirect_uris') => (data: Data) =>
  list(data[field]).join(', ') || undefined;

const exact = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

function period({ temporarily_disabled_from: from, temporarily_disabled_until: until }: Data) {
  const [begin, end] = [text(from), text(until)];
  if (begin === undefined || end === undefined) return undefined;
  return t('audit.detail.period', {
    from: exact.format(new Date(begin)),
    until: exact.format(new Date(end)),
  });
}

type Detail = (data: Data) => string | undefined;

/** What more is told of each type, in this order. */
const DETAILS: Record<string, readonly Detail[]> = {
  USER_CREATED: [loginIDs],
  USER_DELETED: [because],
  USER_DISABLED: [period, because],
  USER_PROFILE_UPDATED: [names('attributes')],
  PASSWORD_RESET: [
    (data) => when(data.generated, t('audit.detail.generated')),
    (data) => when(list(data.message_ids).length > 0, t('audit.detail.mailed')),
    (data) => when(data.must_change, t('audit.detail.mustChange')),
    (data) => when(data.sessions_revoked, t('audit.detail.sessionsEnded')),
  ],
  AUTHENTICATION_IDENTITY_LOGIN_ID_FAILED: [given('login_id')],
  EMAIL_SENT: [messageWords, toRecipient],
  EMAIL_ERROR: [messageWords, toRecipient, because],
  MESSAGE_RETRIED: [messageWords, toRecipient],
  MAILBOX_OPENED: [given('subject'), toRecipient],
  MAIL_TESTED: [toRecipient, given('reply')],
  PROJECT_CREATED: [given('name')],
  PROJECT_RENAMED: [given('to')],
  SETTING_CHANGED: [settingWords],
  ADMIN_KEY_CREATED: [given('key_id')],
  ADMIN_KEY_REVOKED: [given('key_id')],
  CLIENT_CREATED: [given('name'), names('redirect_uris')],
};

/** What more there is to tell, each in a few words. */
export const eventDetails = ({ activityType, data }: AuditEvent): string[] =>
  (DETAILS[activityType] ?? []).flatMap((detail) => detail(data ?? {}) ?? []);

/**
 * Who did it: "by you", "by an operator", "by an API key". Undefined where nobody is recorded.
 *
 * @param myID the UUID of the operator who reads
 */
export function byWhom({ data }: AuditEvent, myID: string): string | undefined {
  const actor = data?.actor as { type?: string; userID?: string; keyID?: string } | null | undefined;
  switch (actor?.type) {
    case 'operator':
      return actor.userID === myID ? t('audit.by.you') : t('audit.by.operator');
    case 'admin_api':
      return t('audit.by.key', { keyID: actor.keyID });
    case 'user':
      return t('audit.by.user');
    case 'command_line':
      return t('audit.by.commandLine');
    case 'system':
      return t('audit.by.system');
    default:
      return undefined;
  }
}

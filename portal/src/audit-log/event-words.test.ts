import { describe, expect, it } from 'vitest';
import { codeIn, readPage, sections, tableRows } from '../../../tests/support/markdown.ts';
import en from '../words/en.json';
import { byWhom, eventDetails, eventWords, isEcho } from './event-words.ts';

const MY_ID = '0195-me';
const event = (activityType: string, data: Record<string, unknown> = {}) => ({ activityType, data });

/** Every type that the reference says is recorded. */
const recorded = [...sections(readPage('docs/reference/events.md')).values()]
  .flatMap(tableRows)
  .map(([type]) => codeIn(type));

describe('what happened', () => {
  it.each(recorded)('has words of its own: %s', (activityType) => {
    expect(isEcho(event(activityType)) || Object.hasOwn(en.audit.event, activityType)).toBe(true);
  });

  it('is spelled out where there are none', () => {
    expect(eventWords(event('WHATSAPP_SENT'))).toBe('Whatsapp sent');
    expect(eventWords(event('toString'))).toBe('Tostring');
  });

  it('depends on what was recorded', () => {
    expect(eventWords(event('PASSWORD_EXPIRY_SET', { expired: true }))).not.toBe(
      eventWords(event('PASSWORD_EXPIRY_SET', { expired: false })),
    );
  });

  it('is an echo where it only says that the Admin API was asked', () => {
    expect(isEcho(event('ADMIN_API_MUTATION_RESET_PASSWORD_EXECUTED'))).toBe(true);
    expect(isEcho(event('PASSWORD_RESET'))).toBe(false);
    expect(eventWords(event('ADMIN_API_MUTATION_RESET_PASSWORD_EXECUTED'))).toBe('Admin API: reset password');
  });
});

describe('what more there is to tell', () => {
  it('lists what was done with the reset, and nothing that was not', () => {
    const data = { generated: true, must_change: false, sessions_revoked: true, message_ids: ['1'] };
    expect(eventDetails(event('PASSWORD_RESET', data))).toEqual([
      'Generated',
      'Sent by mail',
      'All sessions ended',
    ]);
  });

  it('names the mail, whom it was for and why it failed', () => {
    const data = { type: 'password_reset_by_admin', recipient: 'a@example.com', reason: '550 no' };
    expect(eventDetails(event('EMAIL_ERROR', data))).toEqual([
      'New password',
      'To a@example.com',
      'Reason: 550 no',
    ]);
  });

  it('takes whatever stands in the data', () => {
    for (const data of [null, {}, { login_ids: 'x', type: 7, recipient: null, message_ids: null }]) {
      for (const activityType of recorded)
        expect(eventDetails({ activityType, data })).toEqual(expect.any(Array));
    }
  });
});

describe('who did it', () => {
  const by = (actor: unknown) => byWhom(event('PASSWORD_RESET', { actor }), MY_ID);

  it('is the reader, another operator, a key, the user, the command line or the server', () => {
    expect(by({ type: 'operator', userID: MY_ID })).toBe('by you');
    expect(by({ type: 'operator', userID: 'other' })).toBe('by an operator');
    expect(by({ type: 'admin_api', keyID: 'k1' })).toContain('k1');
    expect(by({ type: 'user', userID: 'u' })).toBe('by the user');
    expect(by({ type: 'command_line' })).toBe('on the command line');
    expect(by({ type: 'system' })).toBe('by the server');
    expect(by(undefined)).toBeUndefined();
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mailReader } from '../support/mail-reader.ts';
import { tokenIn } from '../support/recovery.ts';
import { type Stage, type StageUser, startStage } from '../support/stage.ts';

let stage: Stage;
let ada: StageUser;
let read: ReturnType<typeof mailReader>;

beforeAll(async () => {
  stage = await startStage({ TRUSTED_PROXIES: '127.0.0.1/32' });
  ada = await stage.addUser('ada@example.com');
  read = mailReader(stage.mail);
});
afterAll(() => stage?.stop());

const MUTATION =
  'mutation ($input: SendResetPasswordMessageInput!) { sendResetPasswordMessage(input: $input) }';
const send = (loginID: unknown) => stage.admin.ask(MUTATION, { input: { loginID } });

describe('2 Authentik CVE-2023-26481, 9 GitLab CVE-2023-7028, 12 LogixFast CVE-2026-113616: over the API', () => {
  it('a link goes to the user alone, and the answer tells nothing of it', async () => {
    const answer = await send('ada@example.com');
    expect(answer).toEqual({ status: 200, data: { sendResetPasswordMessage: null } });
    const mail = await read('ada@example.com');
    expect(mail.recipients).toEqual(['ada@example.com']);
    expect(tokenIn(mail)).toMatch(/^[\w-]{32}$/);
  });

  it.each([
    [['ada@example.com', 'eve@example.com'], 'GraphQLValidationFailed'],
    [{ email: 'ada@example.com' }, 'GraphQLValidationFailed'],
    [null, 'GraphQLValidationFailed'],
    [true, 'GraphQLValidationFailed'],
    [7, 'UserNotFound'],
    ['', 'UserNotFound'],
    ['ada@example.com\r\nBcc: eve@example.com', 'UserNotFound'],
    ['ada@example.com\0', 'UserNotFound'],
    ['nobody@example.com', 'UserNotFound'],
  ])('%j is refused, and nothing is sent', async (loginID, reason) => {
    const { errors } = await stage.unchanged(() => send(loginID));
    expect(errors?.[0]?.extensions.reason).toBe(reason);
  });

  it('a user without an address gets a clear refusal', async () => {
    await stage.addUser('nomail');
    const { errors } = await stage.unchanged(() => send('nomail'));
    expect(errors?.[0]?.extensions).toMatchObject({ errorName: 'Invalid', reason: 'RecoveryNoTarget' });
  });
});

describe('13 Zitadel CVE-2025-64101, 14 WordPress CVE-2017-8295, 15 better-auth: a header chose the host', () => {
  it.each<Record<string, string>>([
    { 'x-forwarded-host': 'evil.example' },
    { forwarded: 'host=evil.example;proto=https' },
    { 'x-forwarded-proto': 'https', 'x-forwarded-port': '666' },
    { 'x-original-host': 'evil.example', 'x-host': 'evil.example', origin: 'https://evil.example' },
    { host: 'evil.example' },
  ])('%j leads no link elsewhere', async (headers) => {
    const bob = await stage.addUser(`${Object.keys(headers).join('-')}@example.com`);
    const body = JSON.stringify({ query: MUTATION, variables: { input: { loginID: bob.loginID } } });
    const answer = await stage.admin.send({ headers, body });
    if (answer.status !== 200) {
      expect([400, 421]).toContain(answer.status);
      return;
    }
    const { parsed, raw } = await read(bob.loginID);
    expect(parsed.text).toContain(`${stage.server.origin}/reset-password?token=`);
    expect(raw).not.toContain('evil');
    expect(raw).not.toContain(':666');
  });
});

describe('26 Strapi CVE-2022-30618, CVE-2023-36472: reset tokens could be read', () => {
  it('neither the API, nor the log, nor the database tells a token that was mailed', async () => {
    const bob = await stage.addUser('bob@example.com');
    await send(bob.loginID);
    const token = tokenIn(await read(bob.loginID));
    expect(token).not.toBe('');
    const everything = `query ($id: ID!) {
      node(id: $id) { ... on User { messages { edges { node { id type state recipient reason canRetry } } } } }
      auditLogs(first: 100) { edges { node { activityType data } } }
      users(searchKeyword: "${token.slice(0, 12)}") { edges { node { id } } }
    }`;
    const answer = await stage.admin.ask(everything, { id: bob.id });
    expect(answer.errors).toBeUndefined();
    expect(answer.data.node.messages.edges[0].node.type).toBe('RECOVERY_LINK');
    expect(JSON.stringify(answer.data)).not.toContain(token);
    expect(answer.data.users.edges).toEqual([]);
    expect(await stage.tablesWith(token)).toEqual([]);
    expect(stage.server.output()).not.toContain(token);
    expect(stage.server.output()).not.toContain('reset-password?token');
  });
});

it('the account all this was tried on has the password it had', async () => {
  await stage.signedIn(ada);
});

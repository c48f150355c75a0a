import { type Kysely, sql } from 'kysely';

export const name = '2026112405-messages';

/**
 * Messages on their way out, and the built-in mailbox. A password that travels stands sealed in
 * `secret_sealed` until it is delivered, superseded or run out; `secret_expires_at` stays behind as the
 * sign that there was one. `job_id` is the job that sends a message at the moment.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table messages (
      project_id text not null references instance.projects (id) on delete cascade,
      id uuid not null,
      user_id uuid,
      type text not null,
      channel text not null,
      recipient text not null,
      locale text,
      payload jsonb not null,
      secret_sealed text,
      secret_expires_at timestamptz,
      password_version int,
      state text not null check (state in ('queued', 'waiting', 'sending', 'sent', 'failed', 'superseded')),
      reason text,
      attempts int not null default 0,
      attempts_allowed int not null,
      job_id text,
      created_at timestamptz not null,
      updated_at timestamptz not null,
      sent_at timestamptz,
      primary key (project_id, id),
      foreign key (project_id, user_id) references users (project_id, id) on delete cascade,
      check (secret_sealed is null or secret_expires_at is not null)
    )`.execute(db);
  await sql`create index messages_user on messages (project_id, user_id, id desc)`.execute(db);
  await sql`
    create index messages_unsent on messages (project_id, state)
      where state in ('queued', 'waiting', 'sending')`.execute(db);
  await sql`
    create index messages_secret on messages (project_id, secret_expires_at)
      where secret_sealed is not null`.execute(db);
  await sql`
    create table mailbox (
      project_id text not null references instance.projects (id) on delete cascade,
      id uuid not null,
      message_id uuid not null,
      recipient text not null,
      subject text not null,
      body_sealed text not null,
      created_at timestamptz not null,
      expires_at timestamptz not null,
      primary key (project_id, id),
      foreign key (project_id, message_id) references messages (project_id, id) on delete cascade
    )`.execute(db);
  await sql`create index mailbox_message on mailbox (project_id, message_id)`.execute(db);
  await sql`create index mailbox_expires_at on mailbox (project_id, expires_at)`.execute(db);
}

import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** A mail that arrived. */
export interface ArrivedMail {
  /** As it came over the wire, headers first. */
  raw: string;
  parsed: ParsedMail;
  /** Who it was handed over for (RCPT TO), whatever its headers say. */
  recipients: string[];
}

/** A real SMTP server on the loopback address that keeps what arrives. */
export interface TestMailServer {
  /** For `SMTP_URL` or the setting `messages.smtp_url`. */
  url: string;
  arrived: ArrivedMail[];
  /** Waits for the mail after those that were waited for already. */
  next(): Promise<ArrivedMail>;
  /** Answers the next mails with these replies, such as `550 no such user`, before it accepts again. */
  refuse(...replies: string[]): void;
  /** Runs when a mail has come in, before it is accepted; where it throws, the mail is refused for now. */
  beforeAccepting(work: (raw: string) => Promise<void>): void;
  stop(): Promise<void>;
}

/** An error that the server answers with. */
function refusal(reply: string): Error {
  return Object.assign(new Error(reply.slice(4)), { responseCode: Number(reply.slice(0, 3)) });
}

/**
 * Starts a mail server, on a free port unless told. It offers STARTTLS with a certificate that nobody signed.
 * @param account who may sign in; nobody may unless told, and without signing in everybody may send
 */
export async function startMailServer(
  port = 0,
  account?: { user: string; password: string },
): Promise<TestMailServer> {
  const arrived: ArrivedMail[] = [];
  const replies: string[] = [];
  const readers: ((mail: ArrivedMail) => void)[] = [];
  let taken = 0;
  let before = async (_raw: string): Promise<void> => {};

  async function accept(raw: string, recipients: string[]): Promise<void> {
    await before(raw);
    const reply = replies.shift();
    if (reply !== undefined) throw refusal(reply);
    const mail = { raw, recipients, parsed: await simpleParser(raw) };
    arrived.push(mail);
    const reader = readers.shift();
    if (reader) {
      taken += 1;
      reader(mail);
    }
  }

  const server = new SMTPServer({
    authOptional: true,
    logger: false,
    disableReverseLookup: true,
    ...(account && {
      onAuth({ username, password }, _session, callback) {
        const isRight = username === account.user && password === account.password;
        if (isRight) callback(null, { user: username });
        else callback(refusal('535 5.7.8 Authentication credentials invalid'));
      },
    }),
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const recipients = session.envelope.rcptTo.map(({ address }) => address);
        accept(Buffer.concat(chunks).toString('utf8'), recipients).then(() => callback(), callback);
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');

  return {
    url: `smtp://127.0.0.1:${address.port}`,
    arrived,
    next() {
      const mail = arrived[taken];
      if (!mail) return new Promise((resolve) => readers.push(resolve));
      taken += 1;
      return Promise.resolve(mail);
    },
    refuse: (...more) => void replies.push(...more),
    beforeAccepting(work) {
      before = work;
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

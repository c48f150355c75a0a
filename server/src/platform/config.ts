import { isIP } from 'node:net';
import { resolve } from 'node:path';

/** The settings of a process, from its environment; those of a project live in the database. */
export interface Config {
  /** The address to listen on. */
  host: string;
  /** The TCP port to listen on; 0 takes any free one. */
  port: number;
  /** Absolute path of the data folder. */
  dataDir: string;
  /** The origin of the home project; absent, home owns the loopback names. */
  publicOrigin?: URL;
  /** Whether PUBLIC_ORIGIN names a host that is not a loopback one. */
  production: boolean;
  /** `postgres://…`; absent, the embedded PostgreSQL is used. */
  databaseURL?: string;
  /** For migrations and jobs, where `databaseURL` is a pooler. */
  databaseDirectURL?: string;
  /** Comma-separated secrets, the first seals; absent, one is made in the data folder. */
  secretList?: string;
  /** `smtp://…` or `smtps://…`; absent, messages stay in the mailbox, or wait in production. */
  smtpURL?: string;
  /** Networks (CIDR) whose Forwarded and X-Forwarded-* headers count. */
  trustedProxies: string[];
  logLevel: string;
  /** Whether to add the sample project. */
  demo: boolean;
}

/** A setting is wrong. `problems` has one sentence for each, naming the variable and the fix. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];
const MIN_SECRET_BYTES = 32;
const MAKE_A_SECRET = 'make one with: node -p "crypto.randomBytes(32).toString(\'base64url\')"';

/** What is wrong with one variable, to be collected. */
class Wrong extends Error {}

/**
 * Reads and checks the settings.
 *
 * @param env the environment; an empty value counts as none.
 * @param options what the command line adds.
 * @throws ConfigError with every wrong setting at once.
 */
export function readConfig(
  env: Record<string, string | undefined>,
  options: { demo?: boolean } = {},
): Config {
  const problems: string[] = [];
  const read = <T>(name: string, parse: (value: string) => T): T | undefined => {
    const value = env[name]?.trim();
    if (!value) return undefined;
    try {
      return parse(value);
    } catch (error) {
      if (!(error instanceof Wrong)) throw error;
      problems.push(`${name} ${error.message}`);
      return undefined;
    }
  };

  const publicOrigin = read('PUBLIC_ORIGIN', parseOrigin);
  const config: Config = {
    host: read('HOST', parseHost) ?? '127.0.0.1',
    port: read('PORT', parsePort) ?? 4000,
    dataDir: resolve(read('LATCHKEY_DATA_DIR', parseFolder) ?? 'data'),
    publicOrigin,
    production: publicOrigin !== undefined && !isLoopback(publicOrigin.hostname),
    databaseURL: read('DATABASE_URL', parseDatabaseURL),
    databaseDirectURL: read('DATABASE_DIRECT_URL', parseDatabaseURL),
    secretList: read('LATCHKEY_SECRET', parseSecrets),
    smtpURL: read('SMTP_URL', parseSMTP),
    trustedProxies: read('TRUSTED_PROXIES', parseNetworks) ?? [],
    logLevel: read('LOG_LEVEL', parseLogLevel) ?? 'info',
    demo: options.demo ?? false,
  };
  problems.push(...contradictions(config, env));
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

/** Whether a URL's host name always means this machine (RFC 6761 section 6.3, RFC 1122, RFC 4291). */
export function isLoopback(hostname: string): boolean {
  const name = hostname.toLowerCase();
  return (
    name === 'localhost' || name.endsWith('.localhost') || name === '[::1]' || /^127(\.\d+){3}$/.test(name)
  );
}

function contradictions(config: Config, env: Record<string, string | undefined>): string[] {
  const found: string[] = [];
  if (config.databaseURL && !env.LATCHKEY_SECRET?.trim()) {
    found.push(
      `LATCHKEY_SECRET is missing, and with DATABASE_URL it is required: ${MAKE_A_SECRET} and give the same ` +
        'one to every process on this database.',
    );
  }
  if (config.databaseDirectURL && !env.DATABASE_URL?.trim()) {
    found.push('DATABASE_DIRECT_URL needs DATABASE_URL beside it: set both, or neither.');
  }
  if (config.demo && env.DATABASE_URL?.trim()) {
    found.push('--demo adds sample users and is refused with DATABASE_URL: leave one of the two out.');
  }
  if (config.demo && !isLoopback(isIP(config.host) === 6 ? `[${config.host}]` : config.host)) {
    found.push(
      '--demo adds sample users with a known password and is refused where other machines reach it: leave it out, ' +
        'or leave HOST out.',
    );
  }
  if (config.demo && config.production) {
    found.push(
      '--demo adds sample users and is refused in production: leave it out, or leave PUBLIC_ORIGIN out.',
    );
  }
  return found;
}

function parsePort(value: string): number {
  const port = Number(value);
  if (!/^\d+$/.test(value) || port > 65_535) {
    throw new Wrong(`is "${value}", which is no port: give a number from 0 to 65535, such as 4000.`);
  }
  return port;
}

function parseHost(value: string): string {
  const bare = value.replace(/^\[(.*)\]$/, '$1');
  if (isIP(bare) || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(bare)) return bare;
  throw new Wrong(
    `is "${value}", which is no address to listen on: give an IP address or a name without scheme and port, ` +
      'such as 127.0.0.1, or 0.0.0.0 for every network.',
  );
}

function parseFolder(value: string): string {
  if (value.includes('\0')) throw new Wrong('holds a NUL character: give the path of a folder.');
  return value;
}

function parseOrigin(value: string): URL {
  const url = URL.parse(value);
  const example = 'such as https://login.example.com';
  if (!url || !/^https?:$/.test(url.protocol) || !url.hostname) {
    throw new Wrong(`is "${hidden(value)}", which is no origin: give scheme and host, ${example}.`);
  }
  if (url.username || url.password || url.pathname !== '/' || url.search || url.hash || /[?#]$/.test(value)) {
    throw new Wrong(
      `is "${hidden(value)}", which is more than an origin: give scheme and host only, ${url.origin}.`,
    );
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new Wrong(
      `is "${value}", and passwords would travel unencrypted: give https://${url.host} and end TLS in a proxy ` +
        'before this server (http is for localhost only).',
    );
  }
  return url;
}

function parseDatabaseURL(value: string): string {
  const url = URL.parse(value);
  if (url && /^postgres(ql)?:$/.test(url.protocol) && (url.hostname || url.searchParams.get('host')))
    return value;
  throw new Wrong('is no PostgreSQL address: give postgres://user:password@host:5432/database.');
}

function parseSMTP(value: string): string {
  const url = URL.parse(value);
  if (url && /^smtps?:$/.test(url.protocol) && url.hostname) return value;
  throw new Wrong(
    'is no mail server: give smtp://user:password@host:587 (STARTTLS) or smtps://user:password@host:465 (TLS).',
  );
}

function parseSecrets(value: string): string {
  const secrets = value.split(',').map((secret) => secret.trim());
  const short = secrets.findIndex((secret) => Buffer.byteLength(secret) < MIN_SECRET_BYTES);
  if (short === -1) return secrets.join(',');
  const which = secrets.length === 1 ? 'is' : `has at place ${short + 1} of its list a secret that is`;
  throw new Wrong(`${which} shorter than ${MIN_SECRET_BYTES} bytes: ${MAKE_A_SECRET}`);
}

function parseNetworks(value: string): string[] {
  return value.split(',').map((entry) => {
    const network = entry.trim();
    const [address = '', bits, ...more] = network.split('/');
    const family = isIP(address);
    const widest = family === 4 ? 32 : 128;
    const fits = bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= widest);
    if (family && fits && more.length === 0) return bits === undefined ? `${address}/${widest}` : network;
    throw new Wrong(
      `holds "${network}", which is no network: give addresses or networks with commas between them, such as ` +
        '10.0.0.0/8, 2001:db8::/32.',
    );
  });
}

function parseLogLevel(value: string): string {
  if (LOG_LEVELS.includes(value)) return value;
  throw new Wrong(`is "${value}", which is no level: give one of ${LOG_LEVELS.join(', ')}.`);
}

/** A value as it may be shown: whatever stands before an @ may be a password. */
function hidden(value: string): string {
  return value.replace(/\/\/[^@/]*@/, '//…@');
}

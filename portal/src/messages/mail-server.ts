/** How the way to a mail server is kept from being read. */
export type MailSecurity = 'starttls' | 'tls' | 'ifOffered';

/** A mail server as the form has it. */
export interface MailServer {
  host: string;
  port: string;
  security: MailSecurity;
  user: string;
  password: string;
  /** Whether its certificate is taken without a look. */
  anyCertificate: boolean;
}

export const PORTS: Record<MailSecurity, string> = { starttls: '587', tls: '465', ifOffered: '587' };

export const NEW_SERVER: MailServer = {
  host: '',
  port: PORTS.starttls,
  security: 'starttls',
  user: '',
  password: '',
  anyCertificate: false,
};

/** What stands for user and password that are saved and not shown. */
const HIDDEN = '***';

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** Reads `smtp://user:password@host:587`; undefined where it is no such address. */
export function readServer(address: string): MailServer | undefined {
  const url = URL.parse(address.trim());
  if (url === null || !/^smtps?:$/.test(url.protocol) || url.hostname === '') return undefined;
  const isOptional = url.searchParams.get('requireTLS') === 'false';
  const security = url.protocol === 'smtps:' ? 'tls' : isOptional ? 'ifOffered' : 'starttls';
  const isHidden = url.username === HIDDEN;
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port || PORTS[security],
    security,
    user: isHidden ? '' : decoded(url.username),
    password: isHidden ? '' : decoded(url.password),
    anyCertificate: url.searchParams.get('tls.rejectUnauthorized') === 'false',
  };
}

/** Whether a saved address holds a user and a password. */
export const signsIn = (address: string): boolean => URL.parse(address)?.username === HIDDEN;

/** The address without user, password and options: where it is. */
export function placeOf(address: string): string {
  const { host, port } = readServer(address) ?? NEW_SERVER;
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** The address that a server is saved under. */
export function writeServer(server: MailServer): string {
  const host = server.host.trim();
  const login =
    server.user === '' ? '' : `${encodeURIComponent(server.user)}:${encodeURIComponent(server.password)}@`;
  const options = [
    ...(server.security === 'starttls' ? ['requireTLS=true'] : []),
    ...(server.security === 'ifOffered' ? ['requireTLS=false'] : []),
    ...(server.anyCertificate ? ['tls.rejectUnauthorized=false'] : []),
  ];
  const query = options.length === 0 ? '' : `?${options.join('&')}`;
  const scheme = server.security === 'tls' ? 'smtps' : 'smtp';
  return `${scheme}://${login}${host.includes(':') ? `[${host}]` : host}:${server.port}${query}`;
}

/** Whether another security is the time to take its usual port: only where the usual one of the former stands. */
export const withSecurity = (server: MailServer, security: MailSecurity): MailServer => ({
  ...server,
  security,
  port: server.port === PORTS[server.security] ? PORTS[security] : server.port,
});

const HOST = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i;
const IPV6 = /^[0-9a-f:.]*:[0-9a-f:.]*$/i;

/** Which part of the form is wrong. */
export function wrongPart({ host, port }: MailServer): 'host' | 'port' | undefined {
  if (!HOST.test(host.trim()) && !IPV6.test(host.trim())) return 'host';
  const number = Number(port);
  return /^\d+$/.test(port) && number >= 1 && number <= 65_535 ? undefined : 'port';
}

import { HOME, type Project } from './model.ts';
import type { ProjectRow } from './store.ts';

/** What of a process's settings decides who answers for which host. Read at each use: a port may be chosen late. */
export interface HostConfig {
  readonly publicOrigin?: URL;
  readonly port: number;
}

const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

/** A `Host` header (RFC 9110, section 7.2) as a URL of each scheme; undefined where it is malformed. */
function parseHost(host: string): { http: URL; https: URL } | undefined {
  if (!/^[^\s/?#@\\%]{1,261}$/.test(host)) return undefined;
  const http = URL.parse(`http://${host}`);
  const https = URL.parse(`https://${host}`);
  return http && https ? { http, https } : undefined;
}

/** Whether the home project answers under this host. */
export function isHomeHost(config: HostConfig, host: string): boolean {
  const urls = parseHost(host);
  if (!urls) return false;
  const { publicOrigin } = config;
  if (!publicOrigin) return LOOPBACK_NAMES.has(urls.http.hostname);
  return urls[publicOrigin.protocol === 'https:' ? 'https' : 'http'].origin === publicOrigin.origin;
}

/** What to look a project up by that is not home: its origin, or the id in `<id>.localhost:PORT`. */
export function hostCandidates(
  config: HostConfig,
  host: string,
): { origins: string[]; id?: string } | undefined {
  const urls = parseHost(host);
  if (!urls) return undefined;
  const { http, https } = urls;
  const isOurPort = http.port === String(config.port) || (http.port === '' && config.port === 80);
  const id = isOurPort ? /^([a-z0-9-]+)\.localhost$/.exec(http.hostname)?.[1] : undefined;
  return { origins: [http.origin, https.origin], id };
}

function originOf(config: HostConfig, row: ProjectRow): string {
  if (row.id === HOME)
    return config.publicOrigin?.origin ?? new URL(`http://localhost:${config.port}`).origin;
  return row.origin ?? new URL(`http://${row.id}.localhost:${config.port}`).origin;
}

/** The project with its absolute origin. */
export const toProject = (config: HostConfig, row: ProjectRow): Project => ({
  id: row.id,
  name: row.name,
  origin: originOf(config, row),
  revision: row.revision,
});

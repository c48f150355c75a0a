import type { Origin } from '../audit/index.ts';
import { ipKey, type Use } from '../platform/rate-limits/index.ts';
import type { RecoverySettings } from '../projects/index.ts';

/** Requests of one IP address in an hour, as the project has set it. */
export const requestsOfIP = (settings: RecoverySettings, origin: Origin): Use => ({
  limit: { name: 'recovery.requests', max: settings.requests_per_ip_per_hour, windowMs: 60 * 60_000 },
  of: ipKey(origin.ipAddress),
});

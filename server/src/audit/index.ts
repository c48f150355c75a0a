export { AUDIT_ACTIVITY_TYPES, type AuditActivityType } from './activity-types.ts';
export { countAudit, listAudit } from './list.ts';
export type { Acting, Actor, AuditEntry, AuditFilter, Origin } from './model.ts';
export { ensureAuditPartitions } from './partitions.ts';
export { recordAudit } from './record.ts';
export { recordBlock } from './record-block.ts';
export { recordMutation } from './record-mutation.ts';
export { auditStore } from './store.ts';

import { exportAudit } from './export-audit.ts';
import { exportEvidence } from './export-evidence.ts';
import type { CommandServices, Handlers } from './services.ts';
import { verifyAudit } from './verify-audit.ts';

/** Commands about what was recorded: of all processes of this user, whichever environment they worked with. */
export function auditCommands({ audit, log }: Pick<CommandServices, 'audit' | 'log'>) {
  return {
    verifyAuditTrail: () => verifyAudit(audit, log),
    openAuditTrail: () => audit.document.show(),
    exportAuditTrail: () => exportAudit(audit),
    exportEvidence: () => exportEvidence(audit, log),
  } satisfies Partial<Handlers>;
}

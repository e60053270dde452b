import type { TokenGate } from '../access/token-gate.ts';
import type { AuditEvents } from './events.ts';

/** A gate that records each token it refuses because it expired, the first time it does. */
export function recordExpired(gate: TokenGate, events: AuditEvents, surface: string): TokenGate {
  const told = new Set<string>();
  return {
    ...gate,
    present: (text) => {
      const presented = gate.present(text);
      if (presented === undefined || 'grant' in presented || presented.ended !== 'expired') return presented;
      const { token } = presented;
      if (!told.has(token.id)) void events.token('expired', token, { kind: 'system', surface });
      told.add(token.id);
      return presented;
    },
  };
}

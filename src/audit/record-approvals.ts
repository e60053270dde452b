import type { Approval, Approvals } from '../access/approvals.ts';
import type { AuditEvents } from './events.ts';

/** Codes live for minutes; so many are remembered, so that the same question is recorded once. */
const MOST_CODES = 1_000;

/** Approvals whose questions and answers are recorded as those of a surface: what an agent asks through it, what a person answers at it. */
export function recordApprovals(store: Approvals, events: AuditEvents, surface: string): Approvals {
  const told = new Set<string>();
  const find = (code: string) => store.pending().find((approval) => approval.code === code);
  const answer = async (state: 'given' | 'denied', code: string, done: () => Promise<boolean>) => {
    // Answered, it is not among those that wait any more.
    const asked = find(code);
    const counted = await done();
    if (counted && asked !== undefined)
      await events.approval(state, { ...aboutApproval(asked), by: { kind: 'person', surface } });
    return counted;
  };
  return {
    ...store,
    approve: (code, by = surface) => answer('given', code, () => store.approve(code, by)),
    deny: (code) => answer('denied', code, () => store.deny(code)),
    ask: async (change) => {
      const asked = await store.ask(change);
      if (typeof asked !== 'object' || told.has(asked.code)) return asked;
      if (told.size >= MOST_CODES) told.clear();
      told.add(asked.code);
      const { tool, environment, client } = change;
      const about = { tool, environment, client, code: asked.code };
      await events.approval('asked', { ...about, by: { kind: 'agent', surface } });
      return asked;
    },
  };
}

/** What is recorded of a question that waits: not its arguments. */
export function aboutApproval({ tool, environment, client, code }: Approval) {
  return { tool, environment: { kind: environment.kind }, client, code };
}

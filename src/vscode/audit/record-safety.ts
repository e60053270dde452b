import type { Approval, Approvals } from '../../access/approvals.ts';
import type { KillSwitch } from '../../access/kill-switch.ts';
import type { Actor, AuditEvents } from '../../audit/events.ts';

/** A person in this window. */
const PERSON_HERE: Actor = { kind: 'person', surface: 'vscode' };
/** Questions live for minutes, and few are open at a time. */
const MOST_KNOWN = 100;
const WINDOW: Actor = { kind: 'system', surface: 'vscode' };

/** The switch, with each stop that this window hears of recorded, and the resume that is done here. */
export function recordedSwitch(
  kill: KillSwitch,
  events: Pick<AuditEvents, 'killed' | 'resumed'>,
): KillSwitch {
  let mine = false;
  kill.onChange(({ stopped }) => {
    if (stopped) void events.killed(mine ? PERSON_HERE : WINDOW);
  });
  return {
    ...kill,
    kill: (by) => {
      mine = true;
      try {
        return kill.kill(by);
      } finally {
        mine = false;
      }
    },
    resume: () => {
      const done = kill.resume();
      if (done) void events.resumed(PERSON_HERE);
      return done;
    },
  };
}

/** The approvals, with each question of this window's agents recorded, and each answer that is given here. */
export function recordedApprovals(approvals: Approvals, events: Pick<AuditEvents, 'approval'>): Approvals {
  const asked = new Set<string>();
  const answer = async (code: string, give: () => Promise<boolean>, state: 'given' | 'denied') => {
    const question = approvals.pending().find((each) => each.code === code);
    const counted = await give();
    if (counted && question !== undefined)
      void events.approval(state, { ...aboutOf(question), code, by: PERSON_HERE });
    return counted;
  };
  return {
    ...approvals,
    approve: (code) => answer(code, () => approvals.approve(code), 'given'),
    deny: (code) => answer(code, () => approvals.deny(code), 'denied'),
    ask: async (change) => {
      const question = await approvals.ask(change);
      if (typeof question !== 'string' && !asked.has(question.code)) {
        if (asked.size >= MOST_KNOWN) asked.clear();
        const { code } = question;
        asked.add(code);
        const { id, kind } = change.environment;
        const { tool, client } = change;
        const by: Actor = { kind: 'agent', surface: 'vscode' };
        void events.approval('asked', { tool, client, environment: { id, kind }, code, by });
      }
      return question;
    },
  };
}

function aboutOf({ tool, client, environment: { kind } }: Approval) {
  return { tool, client, environment: { kind } };
}

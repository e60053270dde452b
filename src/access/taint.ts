/** So many sessions are remembered; beyond that every session counts as tainted. */
const MOST_SESSIONS = 100_000;

/** The sessions of this process in which an agent was given text that third parties wrote. */
export interface Taint {
  add(session: string): void;
  has(session: string): boolean;
}

/** Remembers sessions for as long as the process lives: what a model has read it does not forget. */
export function createTaint(most = MOST_SESSIONS): Taint {
  const sessions = new Set<string>();
  return {
    add: (session) => {
      if (sessions.size < most) sessions.add(session);
    },
    has: (session) => sessions.size >= most || sessions.has(session),
  };
}

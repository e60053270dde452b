/** Why shared state can't be used. Names files of this machine, so it is for the person at it, never for an agent. */
export class StateError extends Error {
  override readonly name = 'StateError';
}

/** The system's code of an error, as ENOENT. */
export function codeOf(thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  return typeof code === 'string' ? code : 'unknown reason';
}

import type { Stopped } from '../access/kill-switch.ts';
import type { Actor } from './events.ts';

/** Who used the kill switch, as the stop says it: these two are a person's. One without a word is a directory that can't be trusted, or a file put there by hand. */
export function whoStopped({ by = 'unknown' }: Stopped): Actor {
  const person = by === 'workos-mcp kill' || by === 'VS Code';
  return { kind: person ? 'person' : 'system', surface: by };
}

import type { Caller } from '../../../src/gateway/caller.ts';
import type { Call, StepOutcome } from '../../../src/gateway/steps.ts';
import type { Logger } from '../../../src/shared/logger.ts';
import { type ToolName, tools } from '../../../src/tools/registry.ts';

/** A caller whose results have a byte budget. */
export const AGENT: Caller = {
  kind: 'agent',
  session: 'session-1',
  client: { name: 'unit-test', version: '1' },
};

/** A caller who sees everything. */
export const PERSON: Caller = { kind: 'person', surface: 'tree' };

/** A call as the outermost step receives it. */
export function callOf(
  name: ToolName = 'list_workos_organizations',
  { input = {}, caller = AGENT, ...more }: Partial<Omit<Call, 'tool'>> = {},
): Call {
  return {
    tool: tools[name],
    input,
    caller,
    signal: new AbortController().signal,
    progress: () => undefined,
    ...more,
  };
}

/** The end of a chain that succeeds with this value. */
export function succeed(value: unknown): () => Promise<StepOutcome> {
  return async () => ({ ok: true, draft: { value } });
}

/** A logger that keeps its lines. */
export function keepingLogger(): Logger & { readonly lines: string[] } {
  const lines: string[] = [];
  const keep = (level: string) => (message: string) => void lines.push(`${level} ${message}`);
  return { lines, debug: keep('debug'), info: keep('info'), warn: keep('warn'), error: keep('error') };
}

/** Numbers in [0, 1) that are the same in every run. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

import { createSteps } from '../../src/gateway/gateway.ts';
import { type Call, compose, type StepOutcome } from '../../src/gateway/steps.ts';
import { tools } from '../../src/tools/registry.ts';
import type { Draft } from '../../src/tools/tool.ts';
import { createTaint } from '../../src/access/taint.ts';
import type { Governance } from './governed.mts';
import { AGENT, ENVIRONMENT, GATEWAY, type MeasuredCall } from './calls.mts';
import { Times, timed } from './times.mts';

/** How long each step takes by itself: around an answer that is there at once. */
export async function measureSteps(
  { name: tool, input, draft }: MeasuredCall & { readonly draft: Draft<unknown> },
  { options }: Governance,
  rounds: number,
): Promise<{ name: string; times: Times }[]> {
  const approve = { environment: ENVIRONMENT, mode: () => 'after-untrusted' as const, taint: createTaint() };
  const steps = Object.entries(
    createSteps({ ...GATEWAY, ...options, approve, beforeCall: options.audit?.(ENVIRONMENT) }),
  );
  const call: Call = {
    tool: tools[tool],
    input,
    caller: AGENT,
    signal: new AbortController().signal,
    progress: () => undefined,
  };
  const measured: { name: string; times: Times }[] = [];
  for (const [index, [name, step]] of steps.entries()) {
    const inner = steps.slice(index + 1).map(([, one]) => one);
    const outcome: StepOutcome = await compose(inner, async () => ({ ok: true, draft }))(call);
    const alone = step(async () => outcome);
    const times = new Times();
    for (let round = 0; round < rounds; round += 1) times.add(await timed(() => alone(call)));
    measured.push({ name, times });
  }
  return measured;
}

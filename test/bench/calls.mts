import { createHttp } from '../../src/egress/http.ts';
import { createLimits } from '../../src/egress/limits.ts';
import type { OpenExecutor } from '../../src/isolate/executor.ts';
import { inProcess } from '../../src/isolate/in-process.ts';
import { isolated } from '../../src/isolate/isolated.ts';
import { createRuntime } from '../../src/runtime.ts';
import type { ToolName } from '../../src/tools/registry.ts';
import type { Draft } from '../../src/tools/tool.ts';
import { ISOLATE } from './files.mts';
import type { Governance } from './governed.mts';
import type { RunningSandbox } from './sandbox.mts';
import { Times, timed } from './times.mts';

const WARM_UP = 100;
/** So many calls of one way follow each other: what a call leaves to be done afterwards is paid by its own kind. */
const BLOCK = 10;
/** Those of WorkOS would make a measurement wait. */
const UNHURRIED = { limits: createLimits({ perKey: { requests: 1_000_000, perMs: 60_000 } }) };

/** Who calls, on what, and what the gateway is told. */
export const AGENT = { kind: 'agent', session: 'bench', client: { name: 'bench', version: '1' } } as const;
export const ENVIRONMENT = { id: 'bench', name: 'Sample account', kind: 'sandbox' } as const;
export const GATEWAY = {
  policy: () => ({}),
  limits: { idleMs: 30_000, totalMs: 120_000 },
  observers: [],
  logger: { debug: () => undefined, info: () => undefined, warn: console.error, error: console.error },
};

/** How long a call takes: its bare handler, the pipeline around it in the same process, what of that was outside of the handler, and the whole way with the isolate. */
export interface MeasuredCall {
  readonly name: ToolName;
  readonly input: object;
  readonly bare: Times;
  readonly pipeline: Times;
  readonly around: Times;
  readonly whole: Times;
  /** What the handler answers. */
  readonly draft: Draft<unknown>;
}

/** Runs each call all ways, in blocks that take turns, so that whatever slows the machine slows all. */
export async function measureCalls(
  { url, apiKey }: RunningSandbox,
  { options }: Governance,
  rounds: number,
): Promise<MeasuredCall[]> {
  const account = { baseUrl: url, apiKey, name: ENVIRONMENT.name, kind: ENVIRONMENT.kind };
  const { logger } = GATEWAY;
  const handler = inProcess({ baseUrl: url, http: createHttp({ ...account, logger }, UNHURRIED), logger });
  const open = (executor: OpenExecutor) =>
    createRuntime({ ...GATEWAY, ...options, account, executor, surroundings: UNHURRIED });
  const { executor, handlerMs } = timedExecutor();
  const inside = open(executor);
  const apart = open(isolated({ file: ISOLATE }));
  const answer = async (gateway: typeof apart, tool: ToolName, input: object) => {
    const outcome = await gateway.invoke(tool, input, AGENT);
    if (!outcome.ok) throw outcome.error;
  };
  const first = await apart.invoke('list_workos_organizations', { limit: 1 }, AGENT);
  const organization = first.ok ? first.value.items[0]?.id : undefined;
  const measured: MeasuredCall[] = [];
  try {
    for (const [tool, input] of callsOn(organization)) {
      const bare = () =>
        handler.run(
          { tool, input, environment: ENVIRONMENT, patienceMs: 20_000, lean: false, wide: false },
          { signal: new AbortController().signal, progress: () => undefined },
        );
      const ways = {
        bare,
        pipeline: () => answer(inside, tool, input),
        whole: () => answer(apart, tool, input),
      };
      const times = { bare: new Times(), pipeline: new Times(), around: new Times(), whole: new Times() };
      for (let round = -WARM_UP; round < rounds; round += BLOCK) {
        for (const way of ['bare', 'pipeline', 'whole'] as const) {
          for (let call = 0; call < BLOCK; call += 1) {
            const ms = await timed(ways[way]);
            if (round < 0) continue;
            times[way].add(ms);
            if (way === 'pipeline') times.around.add(ms - handlerMs());
          }
        }
      }
      measured.push({ name: tool, input, draft: await bare(), ...times });
    }
  } finally {
    await Promise.all([inside.close(), apart.close()]);
  }
  return measured;
}

/** The tools in this process, and how long the last one took. */
function timedExecutor(): { readonly executor: OpenExecutor; readonly handlerMs: () => number } {
  let last = 0;
  return {
    executor: (options) => {
      const { run, ...others } = inProcess(options);
      const timedRun: typeof run = async (job, context) => {
        const started = performance.now();
        try {
          return await run(job, context);
        } finally {
          last = performance.now() - started;
        }
      };
      return { ...others, run: timedRun };
    },
    handlerMs: () => last,
  };
}

/** A page of rows from one request, a detail from four, and a page from five. */
function callsOn(organization: string | undefined): readonly (readonly [ToolName, object])[] {
  return [
    ['list_workos_organizations', { limit: 20 }],
    ['get_organization_details', { organization }],
    ['list_sso_connections', { limit: 20 }],
  ];
}

import { join, resolve } from 'node:path';
import { createHttp } from '../../src/egress/http.ts';
import { inProcess } from '../../src/isolate/in-process.ts';
import { isolated } from '../../src/isolate/isolated.ts';
import { createRuntime } from '../../src/runtime.ts';
import type { Sandbox } from '../../src/sandbox/server.ts';
import type { ToolName } from '../../src/tools/registry.ts';
import type { Draft } from '../../src/tools/tool.ts';
import { openLookout } from './decoys.mts';
import { Times, timed } from './times.mts';

const ISOLATE = join(resolve(import.meta.dirname, '../..'), 'dist/isolate.js');
const WARM_UP = 50;

/** Who calls, on what, and what the gateway is told. */
export const AGENT = { kind: 'agent', session: 'bench', client: { name: 'bench', version: '1' } } as const;
export const ENVIRONMENT = { id: 'bench', name: 'Sample account', kind: 'sandbox' } as const;
export const GATEWAY = {
  policy: () => ({}),
  limits: { idleMs: 30_000, totalMs: 120_000 },
  observers: [],
  logger: { debug: () => undefined, info: () => undefined, warn: console.error, error: console.error },
  lookout: openLookout(),
};

/** How long a call takes: its bare handler, and the whole way an agent's call takes. */
export interface MeasuredCall {
  readonly name: ToolName;
  readonly input: object;
  readonly bare: Times;
  readonly whole: Times;
  /** What the handler answers. */
  readonly draft: Draft<unknown>;
}

/** A page of rows, a detail, and a page of what has few fields. */
function callsOf({ account }: Sandbox): readonly (readonly [ToolName, object])[] {
  return [
    ['list_workos_organizations', { limit: 20 }],
    ['get_organization_details', { organization: account.organizations[0]?.id }],
    ['list_sso_connections', { limit: 20 }],
  ];
}

/** Runs each call both ways in turn, so that whatever slows the machine slows both. */
export async function measureCalls(sandbox: Sandbox, rounds: number): Promise<MeasuredCall[]> {
  const account = {
    baseUrl: sandbox.url,
    apiKey: sandbox.apiKey,
    name: ENVIRONMENT.name,
    kind: ENVIRONMENT.kind,
  };
  const { logger } = GATEWAY;
  const handler = inProcess({ baseUrl: sandbox.url, http: createHttp({ ...account, logger }), logger });
  const runtime = createRuntime({ ...GATEWAY, account, executor: isolated({ file: ISOLATE }) });
  const measured: MeasuredCall[] = [];
  try {
    for (const [tool, input] of callsOf(sandbox)) {
      const bare = () =>
        handler.run(
          { tool, input, environment: ENVIRONMENT, patienceMs: 20_000, lean: false, wide: false },
          { signal: new AbortController().signal, progress: () => undefined },
        );
      const whole = async () => {
        const outcome = await runtime.invoke(tool, input, AGENT);
        if (!outcome.ok) throw outcome.error;
      };
      const times = { bare: new Times(), whole: new Times() };
      for (let round = -WARM_UP; round < rounds; round += 1) {
        const [first, second] = [await timed(bare), await timed(whole)];
        if (round < 0) continue;
        times.bare.add(first);
        times.whole.add(second);
      }
      measured.push({ name: tool, input, draft: await bare(), ...times });
    }
  } finally {
    await runtime.close();
  }
  return measured;
}

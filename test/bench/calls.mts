import { join, resolve } from 'node:path';
import { createHttp } from '../../src/egress/http.ts';
import { inProcess } from '../../src/isolate/in-process.ts';
import { isolated } from '../../src/isolate/isolated.ts';
import { createRuntime } from '../../src/runtime.ts';
import type { Sandbox } from '../../src/sandbox/server.ts';
import type { ToolName } from '../../src/tools/registry.ts';
import { Times, timed } from './times.mts';

const ISOLATE = join(resolve(import.meta.dirname, '../..'), 'dist/isolate.js');
const AGENT = {
  kind: 'agent',
  session: 'bench',
  client: { name: 'bench', version: '1' },
} as const;
const ENVIRONMENT = { id: 'bench', name: 'Sample account', kind: 'sandbox' } as const;
const silent = { debug: () => undefined, info: () => undefined, warn: console.error, error: console.error };
const WARM_UP = 50;

/** How long a call takes: its bare handler, and the whole way an agent's call takes. */
export interface MeasuredCall {
  readonly name: string;
  readonly bare: Times;
  readonly whole: Times;
}

/** The calls that are measured: a page of rows and a detail. */
export function callsOf({ account }: Sandbox): readonly (readonly [ToolName, object])[] {
  const [organization] = account.organizations;
  const [directory] = account.directories;
  return [
    ['list_workos_organizations', { limit: 20 }],
    ['get_organization_details', { organization: organization?.id }],
    ['list_directory_groups', { directory_id: directory?.id }],
  ];
}

/** Runs each call both ways in turn, so that whatever slows the machine slows both. */
export async function measureCalls(sandbox: Sandbox, rounds: number): Promise<MeasuredCall[]> {
  const baseUrl = sandbox.url;
  const http = createHttp({ baseUrl, apiKey: sandbox.apiKey, logger: silent });
  const handler = inProcess({ baseUrl, http, logger: silent });
  const runtime = createRuntime({
    account: { baseUrl, apiKey: sandbox.apiKey, name: ENVIRONMENT.name, kind: ENVIRONMENT.kind },
    executor: isolated({ file: ISOLATE }),
    policy: () => ({}),
    limits: { idleMs: 30_000, totalMs: 120_000 },
    observers: [],
    logger: silent,
  });
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
      measured.push({ name: tool, ...times });
    }
  } finally {
    await runtime.close();
  }
  return measured;
}

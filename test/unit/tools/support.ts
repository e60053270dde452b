import { afterAll, expect } from 'vitest';
import { createHttp } from '../../../src/egress/http.ts';
import type { Caller } from '../../../src/gateway/caller.ts';
import { createGateway, type Gateway } from '../../../src/gateway/gateway.ts';
import type { InvokeOptions } from '../../../src/gateway/steps.ts';
import { createRuntime } from '../../../src/runtime.ts';
import type { LoggedRequest } from '../../../src/sandbox/request-log.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../src/sandbox/server.ts';
import type { ErrorDetails } from '../../../src/shared/errors.ts';
import { jsonBytes } from '../../../src/shared/json.ts';
import type { Output, ToolName } from '../../../src/tools/registry.ts';
import { createWorkosClient } from '../../../src/workos/client.ts';

type Account = Sandbox['account'];
type Ask = <N extends ToolName>(tool: N, input?: object, options?: InvokeOptions) => Promise<Output<N>>;

/** A sample account with a gateway on it: calls go over real HTTP, as those of an agent or a person. */
export interface Bench {
  readonly sandbox: Sandbox;
  readonly account: Account;
  /** Calls as an agent, and checks the budget every agent's result has. */
  readonly agent: Ask;
  readonly person: Ask;
  /** Calls as a tree does: leanly. */
  readonly tree: Ask;
  /** Calls as a command of the extension does: with every field. */
  readonly command: Ask;
  /** The error an agent's call ends with. */
  refused(tool: ToolName, input?: object, options?: InvokeOptions): Promise<ErrorDetails>;
  organization(name: string): Account['organizations'][number];
  connection(name: string): Account['connections'][number];
  directory(name: string): Account['directories'][number];
  /** Requests the sandbox has received so far. */
  requests(method: string, path: string | RegExp): LoggedRequest[];
}

export const DAY = 86_400_000;
const AGENT: Caller = { kind: 'agent', session: 's', client: { name: 'test', version: '1' } };
const PERSON: Caller = { kind: 'person', surface: 'terminal' };
const TREE: Caller = { kind: 'person', surface: 'tree' };
const COMMAND: Caller = { kind: 'person', surface: 'command' };
const LIMITS = { idleMs: 30_000, totalMs: 120_000 };
const AGENT_BYTES = 8_000;

const open = new Set<Sandbox>();
afterAll(async () => {
  await Promise.all([...open].map((sandbox) => sandbox.close()));
  open.clear();
});

/** Starts a sample account that ends with the test file; `patienceMs` shortens how long a call goes on reading. */
export async function startBench(options: SandboxOptions & { patienceMs?: number } = {}): Promise<Bench> {
  const { patienceMs, ...size } = options;
  const sandbox = await startSandbox(size);
  open.add(sandbox);
  return benchOn(
    sandbox,
    patienceMs === undefined ? gatewayOn(sandbox) : hurriedGateway(sandbox, patienceMs),
  );
}

/** A further gateway on a running account, as another process would have. */
export function anotherBench({ sandbox }: Bench, patienceMs?: number): Bench {
  return benchOn(
    sandbox,
    patienceMs === undefined ? gatewayOn(sandbox) : hurriedGateway(sandbox, patienceMs),
  );
}

const problems: string[] = [];
const note = (message: string) => void problems.push(message);
const logger = { debug: () => undefined, info: () => undefined, warn: note, error: note };
const common = { policy: () => ({}), limits: LIMITS, observers: [], logger };

function gatewayOn({ url, apiKey }: Sandbox): Gateway {
  return createRuntime({
    account: { baseUrl: url, apiKey, name: 'Sample account', kind: 'sandbox' },
    // What the tools do; test/unit/gateway/approve.test.ts has when they may.
    approvals: { mode: () => 'never' },
    ...common,
  });
}

function hurriedGateway({ url, apiKey }: Sandbox, patienceMs: number): Gateway {
  const workos = createWorkosClient({ baseUrl: url, http: createHttp({ baseUrl: url, apiKey, logger }) });
  const environment = { id: 'hurried', name: 'Sample account', kind: 'sandbox' } as const;
  const now = () => new Date();
  return createGateway({
    ...common,
    run: ({ tool, input, signal, progress }) =>
      tool.execute(workos.forCall({ signal, progress }), input, {
        environment,
        signal,
        progress,
        now,
        patienceMs,
      }),
  });
}

function benchOn(sandbox: Sandbox, gateway: Gateway): Bench {
  const { account } = sandbox;
  const ask =
    (caller: Caller): Ask =>
    async (tool, input = {}, options = {}) => {
      const outcome = await gateway.invoke(tool, input, caller, options);
      if (!outcome.ok) throw new Error(`${JSON.stringify(outcome.error)} ${problems.at(-1) ?? ''}`);
      expect(JSON.parse(JSON.stringify(outcome.value))).toEqual(outcome.value);
      if (caller.kind === 'agent') expect(jsonBytes(outcome.value)).toBeLessThan(AGENT_BYTES);
      return outcome.value;
    };
  return {
    sandbox,
    account,
    agent: ask(AGENT),
    person: ask(PERSON),
    tree: ask(TREE),
    command: ask(COMMAND),
    refused: async (tool, input = {}, options = {}) => {
      const outcome = await gateway.invoke(tool, input, AGENT, options);
      if (outcome.ok) throw new Error(`${tool} answered ${JSON.stringify(outcome.value)}`);
      expect(outcome.error.hint ?? '').not.toBe('');
      return outcome.error.toJSON();
    },
    organization: (name) => named(account.organizations, name),
    connection: (name) => named(account.connections, name),
    directory: (name) => named(account.directories, name),
    requests: (method, path) =>
      sandbox.requests.entries.filter(
        (entry) =>
          entry.method === method && (typeof path === 'string' ? entry.path === path : path.test(entry.path)),
      ),
  };
}

function named<T extends { name: string }>(rows: T[], name: string): T {
  const row = rows.find((each) => each.name === name);
  if (row === undefined) throw new Error(`no row called ${name}`);
  return row;
}

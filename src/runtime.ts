import { createHash } from 'node:crypto';
import type { Approvals } from './access/approvals.ts';
import { createTaint, type Taint } from './access/taint.ts';
import { createHttp, type Surroundings } from './egress/http.ts';
import { watchedHttp } from './egress/watched-http.ts';
import { noteRequest, numberedLogger } from './gateway/call-number.ts';
import { type ApprovalMode, POLICY_DEFAULTS } from './gateway/defaults.ts';
import { createGateway, type Gateway, type GatewayOptions } from './gateway/gateway.ts';
import type { BeforeCall } from './gateway/record.ts';
import type { OpenExecutor } from './isolate/executor.ts';
import type { Network } from './shared/network.ts';
import type { Environment } from './tools/tool.ts';

/** A WorkOS account to work on. Without a key every call answers NO_API_KEY and says what to do. */
export interface Account {
  /** Origin of the API, `https://api.workos.com` for the real one. */
  readonly baseUrl: string;
  readonly apiKey: string | undefined;
  readonly name: string;
  readonly kind: Environment['kind'];
}

/** Of a call's time limit, so much goes into reading before it answers with what it has: 20 s of 120 s. */
const PATIENCE = 1 / 6;

/** How this account's changes are approved; what is left out holds by default. */
export interface RuntimeApprovals {
  /** Read at each call. */
  readonly mode?: () => ApprovalMode;
  /** Where questions wait that the client can't show. */
  readonly store?: Approvals;
  /** Shared by the gateways the same agents can reach. */
  readonly taint?: Taint;
}

export interface RuntimeOptions extends Omit<GatewayOptions, 'run' | 'approve' | 'beforeCall'> {
  readonly account: Account;
  /** How WorkOS is reached. */
  readonly network?: Network | undefined;
  /** What measurements put in the place of the machine's own. */
  readonly surroundings?: Surroundings;
  /** Where the tools run: `isolated(…)` for whatever faces a real account. */
  readonly executor: OpenExecutor;
  readonly approvals?: RuntimeApprovals;
  /** Records the calls of an environment. */
  readonly audit?: ((environment: Environment) => BeforeCall) | undefined;
}

/** A gateway with the process its tools run in. */
export interface Runtime extends Gateway {
  /** One line about what keeps the tools apart from this process. */
  readonly assurance: () => Promise<string>;
  /** Ends running calls; later ones are refused. */
  readonly close: () => Promise<void>;
}

/** Wires egress, the executor of tools and the gateway for one account. Opens nothing until the first call. */
export function createRuntime({
  account,
  network,
  surroundings,
  executor: open,
  approvals = {},
  audit,
  ...options
}: RuntimeOptions): Runtime {
  const logger = numberedLogger(options.logger);
  const environment: Environment = {
    id: createHash('sha256')
      .update(`${account.baseUrl}\n${account.apiKey ?? ''}`)
      .digest('base64url')
      .slice(0, 16),
    name: account.name,
    kind: account.kind,
  };
  const { lookout } = options;
  const way = createHttp({ ...account, logger, network, onRequest: noteRequest }, surroundings);
  const http = lookout === undefined ? way : watchedHttp(way, lookout, account.apiKey);
  const executor = open({ baseUrl: account.baseUrl, http, logger, lookout });
  const gateway = createGateway({
    ...options,
    logger,
    approve: {
      environment,
      mode: approvals.mode ?? (() => POLICY_DEFAULTS.approvals),
      taint: approvals.taint ?? createTaint(),
      store: approvals.store,
    },
    beforeCall: audit?.(environment),
    run: ({ tool, input, caller, signal, progress, confirm }) => {
      // A tree is looked at: its rows come at once, and what it does not show is not read.
      const surface = caller.kind === 'person' ? caller.surface : undefined;
      const lean = surface === 'tree';
      const patienceMs = lean ? 0 : options.limits.totalMs * PATIENCE;
      return executor.run(
        { tool: tool.name, input, environment, patienceMs, lean, wide: surface === 'command' },
        { signal, progress, ...(confirm && { confirm }) },
      );
    },
  });
  return { ...gateway, assurance: () => executor.assurance(), close: () => executor.close() };
}

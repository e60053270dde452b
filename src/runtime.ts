import { createHash } from 'node:crypto';
import { createHttp } from './egress/http.ts';
import { numberedLogger } from './gateway/call-number.ts';
import { createGateway, type Gateway, type GatewayOptions } from './gateway/gateway.ts';
import type { BeforeCall } from './gateway/record.ts';
import type { Environment } from './tools/tool.ts';
import { createWorkosClient } from './workos/client.ts';

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

export interface RuntimeOptions extends Omit<GatewayOptions, 'run' | 'beforeCall'> {
  readonly account: Account;
  /** Records the calls of an environment. */
  readonly audit?: ((environment: Environment) => BeforeCall) | undefined;
}

/** Wires egress, the WorkOS client and the gateway for one account. Opens nothing until the first call. */
export function createRuntime({ account, audit, ...options }: RuntimeOptions): Gateway {
  const logger = numberedLogger(options.logger);
  const environment: Environment = {
    id: createHash('sha256')
      .update(`${account.baseUrl}\n${account.apiKey ?? ''}`)
      .digest('base64url')
      .slice(0, 16),
    name: account.name,
    kind: account.kind,
  };
  const http = createHttp({ ...account, logger });
  const workos = createWorkosClient({ baseUrl: account.baseUrl, http });
  return createGateway({
    ...options,
    logger,
    beforeCall: audit?.(environment),
    run: ({ tool, input, caller, signal, progress, confirm }) => {
      // A tree is looked at: its rows come at once, and what it does not show is not read.
      const surface = caller.kind === 'person' ? caller.surface : undefined;
      const lean = surface === 'tree';
      return tool.execute(workos.forCall({ signal, progress }), input, {
        environment,
        signal,
        progress,
        now: () => new Date(),
        patienceMs: lean ? 0 : options.limits.totalMs * PATIENCE,
        lean,
        wide: surface === 'command',
        ...(confirm && { confirm }),
      });
    },
  });
}

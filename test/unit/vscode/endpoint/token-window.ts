import { afterEach } from 'vitest';
import type { HttpServer } from '../../../../src/mcp/http.ts';
import { startEndpoint } from '../../../../src/vscode/endpoint/start-endpoint.ts';
import { startAccount } from '../../../support/account.ts';
import { startTokens } from '../../access/tokens-bench.ts';
import { keepingLogger } from '../../gateway/support.ts';
import { start } from '../account-window.ts';

const open: HttpServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

/** A window on an account of its own, with the endpoint that its clients reach, and tokens by the real clock. */
export async function startWindow(kind: 'sandbox' | 'production' = 'sandbox') {
  const tokens = startTokens();
  const account = await startAccount();
  const window = start({ guards: { killSwitch: tokens.killSwitch } });
  const { url: baseUrl, apiKey } = account;
  const environment = await window.environments.add({ name: 'Staging', kind, baseUrl }, apiKey);
  const { gate } = tokens.gate(Date.now);
  const logger = keepingLogger();
  const server = await startEndpoint({
    gateway: window.accounts,
    gate,
    logger,
    port: 0,
    portTaken: () => undefined,
  });
  open.push(server);
  return {
    ...tokens,
    ...window,
    account,
    environment,
    gate,
    server,
    logger,
    port: Number(new URL(server.url).port),
  };
}

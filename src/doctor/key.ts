import { createHttp } from '../egress/http.ts';
import { AppError } from '../shared/errors.ts';
import type { Network } from '../shared/network.ts';
import type { Verdict } from './finding.ts';

const SILENT = { debug: none, info: none, warn: none, error: none };

/** An account whose key is tried, and how it is reached. */
export interface KeyToTry {
  readonly baseUrl: string;
  readonly apiKey: string | undefined;
  /** Where a person changes it. */
  readonly keyPlace: string;
  readonly network: Network;
  /** Leaves it at a look. */
  readonly offline: boolean;
}

/** Looks at the key, and makes the smallest request there is with it. Nothing it says has the key in it. */
export async function checkKey(account: KeyToTry, signal: AbortSignal): Promise<Verdict> {
  const { baseUrl, apiKey, keyPlace, network, offline } = account;
  if (apiKey === undefined) {
    const fix = `Put a key of your WorkOS dashboard into ${keyPlace}; the sample account needs none.`;
    return { status: 'warn', found: 'none is set', fix };
  }
  const kind = kindOf(apiKey);
  if (offline) return shaped(kind, 'not tried: offline');
  const http = createHttp({ baseUrl, apiKey, logger: SILENT, network });
  const url = `${baseUrl}/organizations?limit=1`;
  try {
    const request = { method: 'GET', url, repeatable: false, signal, onWait: none } as const;
    return verdictOn((await http.api(request)).status, kind, keyPlace);
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'NETWORK')
      return { status: 'skip', found: `${kind}, not tried: WorkOS can't be reached` };
    throw thrown;
  }
}

function kindOf(apiKey: string): string {
  if (apiKey.startsWith('sk_test_')) return 'a staging key';
  return apiKey.startsWith('sk_live_') ? 'a production key' : 'a key of no known kind';
}

function shaped(kind: string, more: string): Verdict {
  const found = `${kind}, ${more}`;
  if (!kind.endsWith('known kind')) return { status: 'ok', found };
  const fix = 'WorkOS keys start with sk_test_ or sk_live_; any other is treated as a production key.';
  return { status: 'warn', found, fix };
}

function verdictOn(status: number, kind: string, keyPlace: string): Verdict {
  if (status === 401)
    return {
      status: 'fail',
      found: `WorkOS refuses the key (HTTP 401): ${kind}`,
      fix: `It was mistyped, revoked, or is one of another environment: copy a valid one from the WorkOS dashboard into ${keyPlace}.`,
    };
  if (status === 403)
    return {
      status: 'fail',
      found: `${kind} that may not list organizations (HTTP 403)`,
      fix: 'Make a key in the WorkOS dashboard whose permissions cover organizations.',
    };
  if (status < 300) return shaped(kind, 'accepted by WorkOS');
  const fix = 'Try again in a moment; status.workos.com tells about incidents.';
  return { status: 'warn', found: `${kind}, WorkOS answers HTTP ${status}`, fix };
}

function none(): void {
  // Nobody listens.
}

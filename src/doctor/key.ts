import type { StateDir } from '../access/state-dir.ts';
import { createHttp } from '../egress/http.ts';
import { watchedHttp } from '../egress/watched-http.ts';
import { AppError } from '../shared/errors.ts';
import { type Lookout, requireNoDecoy } from '../shared/lookout.ts';
import { isRecord } from '../shared/json.ts';
import type { Network } from '../shared/network.ts';
import type { Verdict } from './finding.ts';
import { checkStopped } from './state.ts';

const SILENT = { debug: none, info: none, warn: none, error: none };

/** An account whose key is tried, and how it is reached. */
export interface KeyToTry {
  readonly baseUrl: string;
  readonly apiKey: string | undefined;
  /** Where a person changes it. */
  readonly keyPlace: string;
  readonly network: Network;
  /** Where a stop is kept. */
  readonly dir: StateDir;
  /** Looks for decoys: in the key, even where it stays here, and in what the API answers. */
  readonly lookout: Lookout | undefined;
  /** Leaves it at a look. */
  readonly offline: boolean;
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Looks at the key, and makes the smallest request there is with it, once. Nothing it says has the key in it. */
export async function checkKey(account: KeyToTry, signal: AbortSignal): Promise<Verdict> {
  const { apiKey, keyPlace, offline, lookout, dir } = account;
  if (apiKey === undefined) {
    const fix = `Put a key of your WorkOS dashboard into ${keyPlace}; the sample account needs none.`;
    return { status: 'warn', found: 'none is set', fix };
  }
  const kind = kindOf(apiKey);
  try {
    requireNoDecoy(lookout, apiKey, 'the API key that is set');
    if (offline) return shaped(kind, 'not tried: offline');
    return verdictOn(await answerTo({ ...account, apiKey }, signal), kind, keyPlace);
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    if (thrown.code === 'NETWORK')
      return { status: 'skip', found: `${kind}, not tried: WorkOS can't be reached` };
    const [stopped] = thrown.code === 'STOPPED' ? checkStopped(dir) : [];
    if (stopped === undefined) throw thrown;
    return { ...stopped, found: `everything was stopped: ${stopped.found}` };
  }
}

function answerTo({ baseUrl, apiKey, network, lookout }: KeyToTry, signal: AbortSignal): Promise<Answer> {
  const way = createHttp({ baseUrl, apiKey, logger: SILENT, network });
  const http = lookout === undefined ? way : watchedHttp(way, lookout, apiKey);
  const url = `${baseUrl}/organizations?limit=1`;
  return http.api({ method: 'GET', url, repeatable: false, signal, onWait: none });
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

function verdictOn({ status, text }: Answer, kind: string, keyPlace: string): Verdict {
  if (status === 429 || status >= 500) {
    const fix = 'Try again in a moment; status.workos.com tells about incidents.';
    return { status: 'warn', found: `${kind}, WorkOS answers HTTP ${status}`, fix };
  }
  const answer = parsed(text);
  if (status < 300 && Array.isArray(answer?.['data'])) return shaped(kind, 'accepted by WorkOS');
  if (status === 401 && answer !== undefined)
    return {
      status: 'fail',
      found: `WorkOS refuses the key (HTTP 401): ${kind}`,
      fix: `It was mistyped, revoked, or is one of another environment: copy a valid one from the WorkOS dashboard into ${keyPlace}.`,
    };
  if (status === 403 && answer !== undefined)
    return {
      status: 'fail',
      found: `${kind} that may not list organizations (HTTP 403)`,
      fix: 'Make a key in the WorkOS dashboard whose permissions cover organizations.',
    };
  return {
    status: 'fail',
    found: `${kind}, but what answers is not the API of WorkOS (HTTP ${status})`,
    fix: 'Check WORKOS_API_BASE_URL. A sign-in page of this network, or a proxy, may answer in place of WorkOS: open a page in a browser first.',
  };
}

/** What the API answers is always an object; a page is none. */
function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function none(): void {
  // Nobody listens.
}

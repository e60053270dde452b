import { POLICY_DEFAULTS } from '../gateway/defaults.ts';
import type { Policy } from '../gateway/policy.ts';
import type { Account } from '../runtime.ts';
import { API, isLoopback } from '../shared/api-origin.ts';
import { UsageError, type Flags } from './parse.ts';

/** What a person sees as the account's name, by kind. */
const NAMES = { production: 'Production', staging: 'Staging', sandbox: 'Sample account' } as const;

type Environment = Readonly<Record<string, string | undefined>>;

/** The account the environment variables name, and what to tell the person about it. */
export function accountFrom(environment: Environment): { account: Account; warnings: readonly string[] } {
  const { origin, loopback } = originFrom(environment['WORKOS_API_BASE_URL']);
  const apiKey = keyFrom(environment['WORKOS_API_KEY']);
  const kind = loopback && kindOf(apiKey) === 'staging' ? 'sandbox' : kindOf(apiKey);
  const warnings: string[] = [];
  if (apiKey === undefined) {
    warnings.push(
      'WORKOS_API_KEY is not set: every call will answer NO_API_KEY. --sandbox works without a key.',
    );
  } else if (!/^sk_(test|live)_/.test(apiKey)) {
    warnings.push(
      'WORKOS_API_KEY starts with neither sk_test_ nor sk_live_: it is treated as a production key.',
    );
  }
  return { account: { baseUrl: origin, apiKey, name: NAMES[kind], kind }, warnings };
}

/** The embedded sample account. */
export function sampleAccountAt({ url, apiKey }: { url: string; apiKey: string }): Account {
  return { baseUrl: url, apiKey, name: NAMES.sandbox, kind: 'sandbox' };
}

/** What the flags and the key allow: a production key writes only on demand, wherever its API is. */
export function policyFor({ apiKey, kind }: Account, { readOnly, allowWrites }: Flags): Policy {
  if (readOnly) {
    return {
      readOnly: {
        reason: 'this server was started with --read-only',
        hint: 'If the change is wanted, the person who runs this server can start it without --read-only.',
      },
    };
  }
  const { writes } = POLICY_DEFAULTS;
  if ((writes[kind] && writes[kindOf(apiKey)]) || allowWrites) return {};
  return {
    readOnly: {
      reason: 'a production key is read-only here unless writing is allowed',
      hint: 'If the change is wanted, the person who runs this server can start it with --allow-writes.',
    },
  };
}

/** No key can't write either way; an unknown kind of key is treated with the greater care. */
function kindOf(apiKey: string | undefined): 'production' | 'staging' {
  return apiKey === undefined || apiKey.startsWith('sk_test_') ? 'staging' : 'production';
}

function keyFrom(text: string | undefined): string | undefined {
  const key = text?.trim() ?? '';
  if (key === '') return undefined;
  if (!/^[\x21-\x7e]+$/.test(key))
    throw new UsageError('WORKOS_API_KEY contains characters that no key has.');
  return key;
}

function originFrom(text: string | undefined): { origin: string; loopback: boolean } {
  const given = text?.trim() ?? '';
  if (given === '') return { origin: API, loopback: false };
  const url = URL.parse(given);
  if (url === null) throw new UsageError('WORKOS_API_BASE_URL is not a URL.');
  const loopback = isLoopback(url);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback)) {
    throw new UsageError('WORKOS_API_BASE_URL must start with https://; http:// is only for this machine.');
  }
  if (url.username !== '' || url.password !== '')
    throw new UsageError('WORKOS_API_BASE_URL must not carry a password.');
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    throw new UsageError('WORKOS_API_BASE_URL must be an origin: nothing after the host and port.');
  }
  return { origin: url.origin, loopback };
}

import { isRecord } from '../../shared/json.ts';
import { apiOrigin } from './api-key.ts';
import type { StoredEnvironment } from './environments.ts';

/** An environment together with its key, as one secret keeps them. */
export interface KeyedEnvironment {
  readonly environment: StoredEnvironment;
  readonly key: string;
}

/** The environments of a stored list; what is none is left out. */
export function parseEnvironments(stored: unknown): StoredEnvironment[] {
  if (!Array.isArray(stored)) return [];
  return stored.flatMap((entry) => parseEnvironment(entry) ?? []);
}

/** The text of the secret that keeps an environment: name, kind and address go where the key goes. */
export function secretText({ environment, key }: KeyedEnvironment): string {
  const { name, kind, baseUrl } = environment;
  return JSON.stringify({ name, kind, baseUrl, key });
}

/** What the secret of an environment keeps; `undefined` if it is none of ours. */
export function parseSecret(id: string, text: string | undefined): KeyedEnvironment | undefined {
  const stored = text === undefined ? undefined : parseJson(text);
  if (!isRecord(stored)) return undefined;
  const { key, ...rest } = stored;
  const environment = parseEnvironment({ ...rest, id });
  return environment === undefined || typeof key !== 'string' ? undefined : { environment, key };
}

/** An unknown kind counts as production, which takes the most care; a key goes to fit addresses only. */
function parseEnvironment(stored: unknown): StoredEnvironment | undefined {
  if (!isRecord(stored)) return undefined;
  const { id, name, kind, baseUrl } = stored;
  if (typeof id !== 'string' || id === '' || typeof name !== 'string') return undefined;
  if (typeof baseUrl !== 'string' || baseUrl === '' || apiOrigin(baseUrl) !== baseUrl) return undefined;
  return { id, name, kind: kind === 'staging' || kind === 'sandbox' ? kind : 'production', baseUrl };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

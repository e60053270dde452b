import { API, isLoopback } from '../../shared/api-origin.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import type { StoredEnvironment } from './environments.ts';

type Kind = StoredEnvironment['kind'];

/** The origin a setting names, the real API when it names none; `undefined` when it is not fit for a key. */
export function apiOrigin(setting: string | undefined): string | undefined {
  const text = setting?.trim() ?? '';
  if (text === '') return API;
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '') return undefined;
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') return undefined;
  const fit = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
  return fit ? url.origin : undefined;
}

/** The kind of environment a key belongs to: its prefix says so, and a test key of this machine is a sandbox's. */
export function kindOfKey(key: string, origin: string): Kind {
  if (key.startsWith('sk_live_')) return 'production';
  return isLoopback(new URL(origin)) ? 'sandbox' : 'staging';
}

/** What is wrong with a key before it is tried. */
export type KeyFault = 'format' | 'live' | 'test';

/** Looks at a key as it is typed; with a kind, also whether it is one of such an environment. */
export function keyFault(key: string, kind?: Kind): KeyFault | undefined {
  if (!/^sk_(?:test|live)_[\x21-\x7e]+$/u.test(key)) return 'format';
  const live = key.startsWith('sk_live_');
  if (kind === undefined || live === (kind === 'production')) return undefined;
  return live ? 'live' : 'test';
}

/** What a failed trial of a key says about it. */
export function trialFault(code: ErrorCode): 'refused' | 'offline' | 'other' {
  if (code === 'INVALID_API_KEY' || code === 'NO_API_KEY') return 'refused';
  return code === 'NETWORK' || code === 'TIMEOUT' ? 'offline' : 'other';
}

/** A name no other environment has: the wish itself, or the wish and a number. */
export function freeName(wish: string, taken: readonly string[]): string {
  let name = wish;
  for (let count = 2; isTaken(name, taken); count += 1) name = `${wish} ${count}`;
  return name;
}

/** True when an environment has this name, as a person reads it. */
export function isTaken(name: string, taken: readonly string[]): boolean {
  const plain = (text: string) => text.trim().toLocaleLowerCase();
  return taken.some((each) => plain(each) === plain(name));
}

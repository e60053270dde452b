import { setTimeout as sleep } from 'node:timers/promises';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../src/sandbox/server.ts';

/** A moment to build accounts at, so that a failure looks the same tomorrow. */
export const NOW = new Date('2026-09-15T10:30:00.000Z');

export const DAY = 24 * 60 * 60_000;

/** What `JSON.parse` gives: the test that reads it says what it expects. */
export type Json = ReturnType<typeof JSON.parse>;

/** The answer of the sandbox, read to its end. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  body: Json;
}

/** A running sandbox and a client that sends its key. */
export interface Client {
  sandbox: Sandbox;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, body: unknown): Promise<Answer>;
  send(path: string, init: RequestInit): Promise<Answer>;
  organization(name: string): Sandbox['account']['organizations'][number];
  connection(name: string): Sandbox['account']['connections'][number];
  directory(name: string): Sandbox['account']['directories'][number];
}

async function send(url: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(url, init);
  const text = await response.text();
  let body: Json;
  try {
    body = JSON.parse(text);
  } catch {
    body = undefined;
  }
  return { status: response.status, headers: response.headers, text, body };
}

export async function startClient(options: SandboxOptions = {}): Promise<Client> {
  const sandbox = await startSandbox({ now: NOW, ...options });
  const authorization = `Bearer ${sandbox.apiKey}`;
  const { account } = sandbox;
  const named = <T extends { name: string }>(rows: T[], name: string): T => {
    const row = rows.find((each) => each.name === name);
    if (row === undefined) throw new Error(`no row called ${name}`);
    return row;
  };
  return {
    sandbox,
    get: (path, headers = {}) => send(sandbox.url + path, { headers: { authorization, ...headers } }),
    post: (path, body) =>
      send(sandbox.url + path, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    send: (path, init) => send(sandbox.url + path, init),
    organization: (name) => named(account.organizations, name),
    connection: (name) => named(account.connections, name),
    directory: (name) => named(account.directories, name),
  };
}

/** Reads one page, waiting its turn where the API limits the rate. */
export async function getPatiently(client: Client, path: string): Promise<Answer> {
  for (;;) {
    const answer = await client.get(path);
    if (answer.status !== 429) return answer;
    await sleep(300);
  }
}

/** Reads a list to its end with one cursor and gives the ids page by page. */
export async function readPages(
  client: Client,
  path: string,
  cursor: 'after' | 'before',
  start?: string,
): Promise<string[][]> {
  const pages: string[][] = [];
  let place: string | null | undefined = start;
  for (;;) {
    const join = path.includes('?') ? '&' : '?';
    const at = typeof place === 'string' ? `${join}${cursor}=${place}` : '';
    const answer = await getPatiently(client, path + at);
    if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
    pages.push(answer.body.data.map((row: { id: string }) => row.id));
    place = answer.body.list_metadata[cursor];
    if (place === null || place === undefined) return pages;
    if (pages.length > 500) throw new Error('the list does not end');
  }
}

export function ids(rows: Iterable<{ id: string }>): string[] {
  return [...rows].map(({ id }) => id);
}

/** Whether texts are in ascending order, as the API's times are when they are oldest first. */
export function ascending(texts: readonly string[]): boolean {
  return texts.every((text, place) => place === 0 || (texts[place - 1] ?? '') <= text);
}

import { API, isLoopback } from '../../shared/api-origin.ts';
import type { RecentCall } from '../recent-calls.ts';

/** What a report says of this installation; nothing in it comes from the account. */
export interface Diagnostics {
  readonly extension: string;
  readonly editor: string;
  readonly system: string;
  /** Where extensions run, as `desktop` or `ssh-remote`. */
  readonly place: string;
  /** Kind of the active environment, never its name. */
  readonly environment: string;
  readonly tools: number;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly calls: readonly RecentCall[];
}

/** The text of a report, for a person to read and to complete before it goes anywhere. */
export function renderDiagnostics(found: Diagnostics): string {
  const { extension, editor, system, place, environment, tools, settings, calls } = found;
  return `${[
    '# WorkOS: Report an Issue',
    'Nothing has been sent. Describe what happened, look through the rest, and copy what you want to share.',
    '## What happened\n\n\n## What I expected\n',
    '## Diagnostics',
    [
      `- Extension: ${extension}`,
      `- Editor: ${editor}`,
      `- System: ${system}`,
      `- Extensions run in: ${place}`,
      `- Environment: ${environment}`,
      `- Tools listed: ${tools}`,
      ...Object.entries(settings).map(([name, value]) => `- \`${name}\`: ${JSON.stringify(value)}`),
    ].join('\n'),
    '## Latest calls\n\nWithout arguments and results.',
    calls.length > 0 ? callTable(calls) : 'None.',
  ].join('\n\n')}\n`;
}

/** A base URL as a report may show it: a host of its own stays private. */
export function redactBaseUrl(baseUrl: string): string {
  if (baseUrl === '' || baseUrl.replace(/\/$/u, '') === API) return API;
  const url = URL.parse(baseUrl);
  return url !== null && isLoopback(url) ? 'this machine' : 'another host';
}

/** Kinds of remotes that VS Code has; any other name may be that of a machine. */
const REMOTES: ReadonlySet<string> = new Set([
  'attached-container',
  'codespaces',
  'dev-container',
  'ssh-remote',
  'tunnel',
  'wsl',
]);

/** Where extensions run, without the name of a machine. */
export function remoteKind(remoteName: string | undefined): string {
  if (remoteName === undefined) return 'this machine';
  return REMOTES.has(remoteName) ? remoteName : 'another remote';
}

function callTable(calls: readonly RecentCall[]): string {
  const rows = calls.map(({ time, tool, by, ms, bytes, status }) =>
    [time.toISOString().slice(11, 19), tool, by, `${ms} ms`, `${bytes}`, status].join(' | '),
  );
  const head = ['Time (UTC) | Tool | By | Took | Bytes | Status', '--- | --- | --- | --- | --- | ---'];
  return [...head, ...rows].map((row) => `| ${row} |`).join('\n');
}
